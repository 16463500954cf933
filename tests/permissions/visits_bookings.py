"""Vehicles, rooms and equipment: whoever plans reads who has them, the clerk keeps them."""

from datetime import datetime, timedelta
from typing import Any

from kam.core.clock import business_date, department_zone
from tests.conftest import Cast
from tests.factories.visits import make_vehicle
from tests.permissions.row import Row
from visits.bookings.models import Resource
from visits.bookings.rules import Slot
from visits.bookings.services import lend

READERS = "owner same_team lead manager other_team other_lead other_manager director marketing gm clerk"
FORM, DONE = "200: clerk; 403: *", "302: clerk; 403: *"
HOURS = {"start": "09:00", "end": "11:00"}


def thing(_cast: Cast) -> dict[str, Any]:
    return {"pk": make_vehicle().pk}


def booking(cast: Cast) -> dict[str, Any]:
    day = business_date() + timedelta(days=3)
    start = datetime(day.year, day.month, day.day, 9, tzinfo=department_zone())
    slot = Slot(start, start + timedelta(hours=2))
    return {"pk": lend(make_vehicle(), slot, to=cast.owner, by=cast.clerk).pk}


def a_van(_cast: Cast) -> dict[str, Any]:
    make_vehicle()
    return {}


def new_booking(cast: Cast, _kwargs: Any) -> dict[str, Any]:
    day = (business_date() + timedelta(days=3)).isoformat()
    return HOURS | {"resource": Resource.objects.get().pk, "whom": cast.owner.pk, "day": day}


ROWS = [
    Row("visits/resources/", "GET", "-", f"200: {READERS}; 403: *"),
    Row("visits/resources/new/", "GET", "-", FORM),
    Row("visits/resources/new/", "POST", "-", DONE, body=lambda _c, _k: {"kind": "room", "name": "会议室"}),
    Row("visits/resources/book/", "GET", "-", FORM),
    Row("visits/resources/book/", "POST", "-", DONE, make=a_van, body=new_booking),
    Row("visits/resources/<int:pk>/", "GET", "-", FORM, make=thing),
    Row(
        "visits/resources/<int:pk>/", "POST", "-", DONE, make=thing, body=lambda _c, _k: {"name": "湘B 60917"}
    ),
    Row("visits/resources/<int:pk>/usable/", "POST", "-", DONE, make=thing),
    Row("visits/resources/bookings/<int:pk>/back/", "POST", "desk", DONE, make=booking),
]
