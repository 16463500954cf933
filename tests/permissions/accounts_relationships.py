"""Insiders and strengthening sheets, with their unit."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from accounts.relationships.models import StrengtheningSheet
from accounts.relationships.services import Aim, add_action, open_sheet
from accounts.relationships.terms import Strength
from kam.core.clock import business_date
from tests.conftest import Cast
from tests.factories.accounts import make_person, make_unit
from tests.permissions.row import Row

READ = "200: owner lead manager director marketing gm clerk; 404: *"
FORM = "200: owner manager director; 403: lead marketing gm clerk; 404: *"
DONE = "302: owner manager director; 403: lead marketing gm clerk; 404: *"


def unit(cast: Cast) -> dict[str, Any]:
    return {"unit_pk": make_unit("泉州商会", owner=cast.owner).pk}


def person(cast: Cast) -> dict[str, Any]:
    return {"pk": make_person(make_unit("泉州商会", owner=cast.owner), "许志远").pk}


def opened(cast: Cast) -> StrengtheningSheet:
    someone = make_person(make_unit("泉州商会", owner=cast.owner), "许志远")
    aim = Aim(Strength.ACQUAINTED, Strength.TRUSTING, "tells us the dates", business_date())
    return open_sheet(someone, aim, by=cast.owner)


def sheet(cast: Cast) -> dict[str, Any]:
    return {"pk": opened(cast).pk}


def action(cast: Cast) -> dict[str, Any]:
    one = opened(cast)
    made = add_action(one, "tea", due_on=business_date(), by=cast.owner, cost=Decimal(20))
    return {"pk": one.pk, "action_pk": made.pk}


def later() -> str:
    return (business_date() + timedelta(days=9)).isoformat()


def of_insider(_c: Cast, _k: Any) -> dict[str, Any]:
    return {"version": 1, "kind": "candidate", "per_month": 2}


def of_sheet(_c: Cast, _k: Any) -> dict[str, Any]:
    return {"present": 2, "target": 3, "goal": "tells us the dates", "next_review_on": later()}


def of_action(_c: Cast, _k: Any) -> dict[str, Any]:
    return {"text": "tea", "due_on": later(), "cost": "20"}


def of_review(_c: Cast, _k: Any) -> dict[str, Any]:
    return {"version": 1, "strength": 2, "result": "friendly", "next_review_on": later()}


SHEET = "strengthening/<int:pk>/"
DONE_AT = f"{SHEET}actions/<int:action_pk>/"
ROWS = [
    Row("accounts/<int:unit_pk>/insiders/", "GET", "own", READ, make=unit),
    Row("persons/<int:pk>/insider/", "GET", "own", FORM, make=person),
    Row("persons/<int:pk>/insider/", "POST", "own", DONE, make=person, body=of_insider),
    Row("persons/<int:pk>/strengthen/", "GET", "own", FORM, make=person),
    Row("persons/<int:pk>/strengthen/", "POST", "own", DONE, make=person, body=of_sheet),
    Row("strengthening/", "GET", "-", "403: finance hr admin; 200: *"),
    Row(SHEET, "GET", "own", READ, make=sheet),
    Row(f"{SHEET}sheet.pdf", "GET", "own", READ, make=sheet),
    Row(f"{SHEET}actions/new/", "GET", "own", FORM, make=sheet),
    Row(f"{SHEET}actions/new/", "POST", "own", DONE, make=sheet, body=of_action),
    Row(DONE_AT, "GET", "own", FORM, make=action),
    Row(DONE_AT, "POST", "own", DONE, make=action, body=lambda _c, _k: {"result": "warm"}),
    Row(f"{SHEET}review/", "GET", "own", FORM, make=sheet),
    Row(f"{SHEET}review/", "POST", "own", DONE, make=sheet, body=of_review),
]
