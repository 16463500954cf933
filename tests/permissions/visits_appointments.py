"""Appointments: who goes, their line, the clerk at the telephone; heads read."""

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any

from accounts.units.models import KeyAccount
from kam.core.clock import business_date, moment
from kam.core.periods import iso_week_of
from tests.conftest import Cast
from tests.factories.accounts import make_unit
from tests.factories.visits import make_appointment
from tests.permissions.row import Row

SELLERS = "owner same_team lead manager other_team other_lead other_manager director"
READ = "200: owner lead manager director marketing gm clerk; 404: *"
CHANGE = "302: owner manager director clerk; 403: lead marketing gm; 404: *"


def _tuesday() -> Any:
    return iso_week_of(business_date()).first + timedelta(days=8)


def booked(cast: Cast) -> dict[str, Any]:
    unit = make_unit(owner=cast.owner)
    return {"pk": make_appointment(unit, cast.owner, starts_at=moment(_tuesday(), time(9))).pk}


def a_unit(cast: Cast) -> dict[str, Any]:
    make_unit("Guild", owner=cast.owner)
    return {}


def a_call(_cast: Cast, _kwargs: Mapping[str, Any]) -> dict[str, Any]:
    unit = KeyAccount.objects.get(name="Guild")
    return {"origin": "call", "caller": "Miss Huang", "unit": unit.pk}


def another_hour(_cast: Cast, _kwargs: Mapping[str, Any]) -> dict[str, Any]:
    return {"day": _tuesday().isoformat(), "start": "15:00", "reason_kind": "our_change"}


def a_reason(_cast: Cast, _kwargs: Mapping[str, Any]) -> dict[str, Any]:
    return {"reason_kind": "no_vehicle"}


ROWS = [
    Row("visits/appointments/", "GET", "list", f"200: {SELLERS} clerk marketing gm; 403: *"),
    Row("visits/appointments/new/", "GET", "none", f"200: {SELLERS} clerk; 403: *"),
    Row(
        "visits/appointments/new/",
        "POST",
        "a unit of the owner's team",
        "302: owner same_team lead manager director clerk; 422: other_team other_lead other_manager; 403: *",
        make=a_unit,
        body=a_call,
    ),
    Row("visits/appointments/persons/", "GET", "none", f"200: {SELLERS} clerk; 403: *"),
    Row("visits/appointments/<int:pk>/", "GET", "the owner's", READ, make=booked),
    Row(
        "visits/appointments/<int:pk>/change/", "POST", "the owner's", CHANGE, make=booked, body=another_hour
    ),
    Row("visits/appointments/<int:pk>/confirm/", "POST", "the owner's", CHANGE, make=booked),
    Row("visits/appointments/<int:pk>/break/", "POST", "the owner's", CHANGE, make=booked, body=a_reason),
    Row(
        "visits/appointments/<int:pk>/plan/",
        "POST",
        "the owner's",
        "302: owner manager director; 403: lead marketing gm clerk; 404: *",
        make=booked,
    ),
]
