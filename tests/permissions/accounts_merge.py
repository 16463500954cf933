"""Merging goes with the right to write the unit; a merge is read by whoever sees the survivor, and taken back by heads."""

from collections.abc import Mapping
from typing import Any

from accounts.merge.models import Merge
from accounts.merge.services import merge_persons, propose_merge
from kam.approvals.routes import load_default_routes
from tests.conftest import Cast
from tests.factories.accounts import make_person, make_unit
from tests.permissions.row import Row

KEEPERS = "200: owner same_team other_team lead other_lead manager other_manager director clerk; 403: *"
FORM = "200: owner manager director; 403: lead marketing gm clerk; 404: *"
DONE = "302: owner manager director; 403: lead marketing gm clerk; 404: *"
READ = "200: owner lead manager director marketing gm clerk; 404: *"
AGAIN = "200: owner; 403: lead manager director marketing gm clerk; 404: *"


def one(cast: Cast) -> dict[str, Any]:
    return {"pk": make_unit("泉州商会", owner=cast.owner).pk}


def pair(cast: Cast) -> dict[str, Any]:
    load_default_routes()
    units = [make_unit(name, owner=cast.owner, phone_key="059512") for name in ("泉州商会", "泉州总商会")]
    return {"pk": units[0].pk, "other": units[1].pk}


def person(cast: Cast) -> dict[str, Any]:
    return {"pk": make_person(make_unit("泉州商会", owner=cast.owner), "许志远").pk}


def people(cast: Cast) -> dict[str, Any]:
    unit = make_unit("泉州商会", owner=cast.owner)
    return {"pk": make_person(unit, "许志远").pk, "other": make_person(unit, "许志远").pk}


def apart(cast: Cast) -> dict[str, Any]:
    made = pair(cast)
    return {"kind": "unit", "low": made["pk"], "high": made["other"]}


def merged(cast: Cast) -> dict[str, Any]:
    unit = make_unit("泉州商会", owner=cast.owner)
    made = merge_persons(
        make_person(unit, "许志远"), make_person(unit, "许志远"), choices={}, reason="同", by=cast.owner
    )
    return {"pk": made.pk}


def asked(cast: Cast) -> dict[str, Any]:
    load_default_routes()
    units = [make_unit(name, owner=cast.owner) for name in ("泉州商会", "泉州总商会")]
    return {"pk": propose_merge(*units, choices={}, reason="同", by=cast.owner).pk}


def returned(cast: Cast) -> dict[str, Any]:
    made = asked(cast)
    Merge.objects.update(state="returned")
    return made


def why(_cast: Cast, _kwargs: Mapping[str, Any]) -> dict[str, Any]:
    return {"reason": "同一家"}


def other(cast: Cast, _kwargs: Mapping[str, Any]) -> dict[str, Any]:
    return {"other": make_unit("泉州总商会", owner=cast.owner).pk}


ROWS = [
    Row("duplicates/", "GET", "-", KEEPERS),
    Row("duplicates/<slug:kind>/<int:low>/<int:high>/apart/", "POST", "own", DONE, make=apart),
    Row("merges/", "GET", "-", KEEPERS),
    Row("merges/<int:pk>/", "GET", "own", READ, make=merged),
    Row("merges/<int:pk>/edit/", "GET", "own", AGAIN, make=returned),
    Row("merges/<int:pk>/undo/", "GET", "own", FORM, make=merged),
    Row("merges/<int:pk>/undo/", "POST", "own", DONE, make=merged, body=why),
    Row("accounts/<int:pk>/merge/", "GET", "own", FORM, make=one),
    Row("accounts/<int:pk>/merge/<int:other>/", "GET", "own", FORM, make=pair),
    Row("accounts/<int:pk>/merge/<int:other>/", "POST", "own", DONE, make=pair, body=why),
    Row("persons/<int:pk>/merge/", "GET", "own", FORM, make=person),
    Row("persons/<int:pk>/merge/<int:other>/", "GET", "own", FORM, make=people),
    Row("persons/<int:pk>/merge/<int:other>/", "POST", "own", DONE, make=people, body=why),
]
