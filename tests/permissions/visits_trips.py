"""Business trips, own and the team's."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from kam.core.clock import business_date
from tests.conftest import Cast
from tests.permissions.row import Row
from visits.trips.models import Trip
from visits.trips.services import ask_trip

READ = "200: owner lead manager director marketing gm clerk; 404: *"
OWN = "200: owner; 403: lead manager director marketing gm clerk; 404: *"
DONE = "302: owner; 403: lead manager director marketing gm clerk; 404: *"


def values(**changes: Any) -> dict[str, Any]:
    day = business_date() + timedelta(days=10)
    told = {"starts_on": day, "ends_on": day, "place": "长沙", "purpose": "see the office"}
    return told | {"estimate_amount": Decimal(500)} | changes


def body(**changes: Any) -> dict[str, str]:
    return {name: str(value) for name, value in values(**changes).items()}


def trip(cast: Cast) -> dict[str, Any]:
    return {"pk": ask_trip(cast.owner, values(), []).pk}


def travelled(cast: Cast) -> dict[str, Any]:
    made = ask_trip(cast.owner, values(), [])
    today = business_date()
    Trip.objects.filter(pk=made.pk).update(state="approved", starts_on=today, ends_on=today)
    return {"pk": made.pk}


AT = "visits/trips/<int:pk>/"
ROWS = [
    Row("visits/trips/", "GET", "-", "403: finance hr admin; 200: *"),
    Row("visits/trips/new/", "GET", "-", "403: marketing gm finance clerk hr admin; 200: *"),
    Row(
        "visits/trips/new/",
        "POST",
        "-",
        "403: marketing gm finance clerk hr admin; 302: *",
        body=lambda _c, _k: body(),
    ),
    Row(AT, "GET", "own", READ, make=trip),
    Row(f"{AT}sheet.pdf", "GET", "own", READ, make=trip),
    Row(f"{AT}edit/", "GET", "own", OWN, make=trip),
    Row(f"{AT}edit/", "POST", "own", DONE, make=trip, body=lambda _c, _k: body(version=1)),
    Row(f"{AT}submit/", "POST", "own", DONE, make=trip, body=lambda _c, _k: {"version": 1}),
    Row(f"{AT}cancel/", "GET", "own", OWN, make=trip),
    Row(f"{AT}cancel/", "POST", "own", DONE, make=trip, body=lambda _c, _k: {"version": 1, "reason": "ill"}),
    Row(f"{AT}report/", "GET", "own", OWN, make=travelled),
    Row(
        f"{AT}report/",
        "POST",
        "own",
        DONE,
        make=travelled,
        body=lambda _c, _k: {"version": 1, "result": "seen", "actual_amount": "480"},
    ),
]
