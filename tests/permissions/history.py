"""The history of a record: whoever opens the record reads it, nobody else."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from kam.core.clock import business_date
from tests.conftest import Cast
from tests.factories.accounts import make_person, make_unit
from tests.factories.visits import make_line, make_plan, make_visit
from tests.permissions.row import Row
from visits.followups.services import DayEntry, file_followup

ROUTE = "history/<str:kind>/<str:pk>/"
LINE = "200: owner lead manager director marketing gm clerk; 404: *"


def _unit(cast: Cast) -> Any:
    return make_unit("泉州商会", owner=cast.owner)


def _visit(cast: Cast) -> Any:
    unit = _unit(cast)
    return make_visit(unit, make_person(unit), user=cast.owner, on=date(2026, 11, 20))


def _followup(cast: Cast) -> Any:
    return file_followup(date(2026, 11, 20), DayEntry(summary="work", tomorrow="more"), by=cast.owner)


def _plan(cast: Cast) -> Any:
    today = business_date()
    monday = today + timedelta(days=7 - today.weekday())
    return make_line(make_plan(cast.owner, monday), make_unit(owner=cast.owner)).plan


def _of(kind: str, make: Callable[[Cast], Any]) -> Callable[[Cast], dict[str, Any]]:
    return lambda cast: {"kind": kind, "pk": make(cast).pk}


ROWS = [
    Row(ROUTE, "GET", "own unit", LINE, make=_of("accounts.unit", _unit)),
    Row(ROUTE, "GET", "own person", LINE, make=_of("accounts.person", lambda cast: make_person(_unit(cast)))),
    Row(ROUTE, "GET", "own visit", LINE, make=_of("visits.visit", _visit)),
    Row(
        ROUTE,
        "GET",
        "own plan",
        LINE,
        make=_of("visits.week_plan", _plan),
    ),
    Row(ROUTE, "GET", "own form", LINE, make=_of("visits.followup", _followup)),
    Row(ROUTE, "GET", "kind without history", "404: *", make=_of("users.user", lambda cast: cast.owner)),
]
