"""Saved views and files of lists. The lists themselves stand in the tables of their rooms."""

from typing import Any

from kam.jobs.models import Job
from kam.lists.models import SavedView
from tests.conftest import Cast
from tests.permissions.row import Row


def _own_view(cast: Cast) -> dict[str, Any]:
    return {"pk": SavedView.objects.create(list_key="none", name="mine", owner=cast.owner).pk}


def _shared_view(cast: Cast) -> dict[str, Any]:
    return {"pk": SavedView.objects.create(list_key="none", name="ours", owner=cast.lead, team=cast.team).pk}


def _export(cast: Cast) -> dict[str, Any]:
    return {"pk": Job.objects.create(kind="lists.export", by=cast.owner, state="done", result={}).pk}


ROWS = [
    Row("views/", "POST", "no such list", "404: *", body=lambda _c, _k: {"list_key": "none", "name": "x"}),
    Row("views/<int:pk>/default/", "POST", "own view", "302: owner anonymous gone; 404: *", make=_own_view),
    Row(
        "views/<int:pk>/default/",
        "POST",
        "the team's view",
        "302: lead anonymous gone; 403: owner same_team manager; 404: *",
        make=_shared_view,
    ),
    Row("views/<int:pk>/drop/", "POST", "own view", "302: owner anonymous gone; 404: *", make=_own_view),
    Row(
        "views/<int:pk>/drop/",
        "POST",
        "the team's view",
        "302: lead anonymous gone; 403: owner same_team manager; 404: *",
        make=_shared_view,
    ),
    # The file of this job is gone: also its own person gets 404; test_exports.py shows the 200.
    Row("exports/<int:pk>/", "GET", "file that is gone", "404: *", make=_export),
]
