"""The calendar: own, the team's, the department's; moving is the right of the row's own room."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from accounts.units.models import KeyAccount
from kam.core.clock import business_date
from tests.conftest import Cast
from tests.factories.accounts import make_unit
from tests.permissions.row import Row
from tests.permissions.visits_appointments import booked
from tests.permissions.visits_plans import line as make_plan_line
from visits.agenda.feeds import renew_feed
from visits.plans.models import PlanLine

WRITE = "owner manager director"
MOVE = f"{WRITE}; 403: lead marketing gm clerk finance hr admin; 404: *"


def line(cast: Cast) -> dict[str, Any]:
    make_plan_line(cast)
    return {}


def unit(cast: Cast) -> dict[str, Any]:
    make_unit("泉州商会", owner=cast.owner)
    return {}


def moved(_cast: Cast, _kwargs: Mapping[str, Any]) -> dict[str, Any]:
    found = PlanLine.objects.get()
    day = found.day + timedelta(days=1)
    return {"entry": f"line-{found.pk}", "version": found.version, "day": day.isoformat()}


def taken(_cast: Cast, _kwargs: Mapping[str, Any]) -> dict[str, Any]:
    return {"entry": f"line-{PlanLine.objects.get().pk}"}


def planned(cast: Cast, _kwargs: Mapping[str, Any]) -> dict[str, Any]:
    day = business_date() + timedelta(days=3)
    told = {
        "whose": cast.owner.pk,
        "unit": KeyAccount.objects.get(owner=cast.owner).pk,
        "mode": "visit",
        "purpose": "see them",
    }
    return told | {"day": day.isoformat()}


def feed(cast: Cast) -> dict[str, Any]:
    return {"token": renew_feed(cast.owner)}


PLANNERS = "owner same_team other_team lead other_lead manager other_manager director"
EVERYBODY = f"anonymous gone {PLANNERS} marketing gm finance clerk hr admin"
AT = "visits/calendar/"
ROWS = [
    Row(AT, "GET", "-", "403: finance hr admin; 200: *"),
    Row(f"{AT}move/", "POST", "own team", f"302: {MOVE}", make=line, body=moved),
    Row(f"{AT}take-out/", "POST", "own team", f"302: {MOVE}", make=line, body=taken),
    Row(f"{AT}plan/", "POST", "own team", f"302: {MOVE}", make=unit, body=planned),
    Row(f"{AT}subscription/", "GET", "-", f"200: {PLANNERS}; 403: *"),
    Row(f"{AT}subscription/", "POST", "-", f"200: {PLANNERS}; 403: *"),
    Row(f"{AT}subscription/end/", "POST", "-", f"302: {PLANNERS}; 403: *"),
    Row(
        f"{AT}invite/<int:pk>/",
        "POST",
        "own",
        "302: owner manager director clerk; 403: lead marketing gm; 404: *",
        make=booked,
    ),
    Row("c/<str:token>.ics", "GET", "open", f"200: {EVERYBODY}", make=feed),
    Row(
        "c/<str:token>.ics",
        "GET",
        "made up",
        f"404: {EVERYBODY}",
        make=lambda _cast: {"token": "made-up"},
    ),
]
