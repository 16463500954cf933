"""Campaigns are the department's: everybody sees what was handed in, a draft only planners and its people."""

from typing import Any

from kam.approvals.routes import load_default_routes
from tests.conftest import Cast
from tests.factories.campaigns import make_campaign
from tests.permissions.row import Row

EVERYBODY = "200: *"
DRAFT = "200: owner manager other_manager director marketing; 404: *"


def running(_cast: Cast) -> dict[str, Any]:
    return {"pk": make_campaign().pk}


def draft(cast: Cast) -> dict[str, Any]:
    return {"pk": make_campaign(state="draft", coordinator=cast.owner).pk}


ROWS = [
    Row("campaigns/", "GET", "-", EVERYBODY),
    Row("campaigns/<int:pk>/", "GET", "running", EVERYBODY, make=running),
    Row("campaigns/<int:pk>/", "GET", "draft", DRAFT, make=draft),
]

PLANNERS = "{}: manager other_manager director; 403: *"
COPY = {"code": "new-one", "name": "新", "window_from": "2027-05-15", "window_to": "2027-07-15"}


def own_draft(cast: Cast) -> dict[str, Any]:
    load_default_routes()
    return {"pk": make_campaign(state="draft", coordinator=cast.manager, drafted_by=cast.manager).pk}


ROWS += [
    Row("campaigns/<int:pk>/copy/", "GET", "running", PLANNERS.format(200), make=running),
    Row(
        "campaigns/<int:pk>/copy/",
        "POST",
        "running",
        PLANNERS.format(302),
        make=running,
        body=lambda _c, _k: COPY,
    ),
    Row(
        "campaigns/<int:pk>/submit/",
        "POST",
        "draft",
        "302: manager; 403: other_manager director marketing; 404: *",
        make=own_draft,
        body=lambda _c, _k: {"version": "1"},
    ),
    Row(
        "campaigns/<int:pk>/close/",
        "POST",
        "running",
        "302: director; 403: *",
        make=running,
        body=lambda _c, _k: {"version": "1"},
    ),
]
