"""The pool is open to whoever works with units; transfers go with their unit, who asked and who gets it."""

from collections.abc import Mapping
from typing import Any

from accounts.pool.models import Transfer
from accounts.pool.services import ask_transfer
from kam.approvals.routes import load_default_routes
from tests.conftest import Cast
from tests.factories.accounts import make_unit
from tests.permissions.row import Row

SEE = "403: finance hr admin; 200: *"
CLAIM = "302: owner same_team other_team lead other_lead manager other_manager; 403: *"
READ = "200: owner lead manager director marketing gm clerk; 404: *"
FORM = "200: owner manager director; 403: lead marketing gm clerk; 404: *"
DONE = "302: owner manager director; 403: lead marketing gm clerk; 404: *"
#: The new owner, of another team, sees it too; only who asked may change it.
TRANSFER = "200: owner other_team lead manager director marketing gm clerk; 404: *"
EDIT = "{code}: owner; 403: other_team lead manager director marketing gm clerk; 404: *"


def free(cast: Cast) -> dict[str, Any]:
    return {"pk": make_unit("泉州商会", team=cast.team).pk}


def unit(cast: Cast) -> dict[str, Any]:
    load_default_routes()
    return {"unit_pk": make_unit("泉州商会", owner=cast.owner).pk}


def asked(cast: Cast) -> dict[str, Any]:
    load_default_routes()
    row = make_unit("泉州商会", owner=cast.owner)
    return {"pk": ask_transfer(row, to=cast.other_team, reason="调离", by=cast.owner).pk}


def returned(cast: Cast) -> dict[str, Any]:
    made = asked(cast)
    Transfer.objects.update(state="returned")
    return made


def wish(cast: Cast, _kwargs: Mapping[str, Any]) -> dict[str, Any]:
    return {"to": cast.same_team.pk, "reason": "调离"}


ROWS = [
    Row("pool/", "GET", "-", SEE),
    Row("pool/warnings/", "GET", "-", SEE),
    Row("pool/<int:pk>/", "GET", "no owner", SEE, make=free),
    Row("pool/<int:pk>/claim/", "POST", "no owner", CLAIM, make=free),
    Row("transfers/", "GET", "-", SEE),
    Row("transfers/<int:pk>/", "GET", "own", TRANSFER, make=asked),
    Row("transfers/<int:pk>/edit/", "GET", "own", EDIT.format(code=200), make=returned),
    Row("accounts/<int:unit_pk>/transfer/", "GET", "own", FORM, make=unit),
    Row("accounts/<int:unit_pk>/transfer/", "POST", "own", DONE, make=unit, body=wish),
]
