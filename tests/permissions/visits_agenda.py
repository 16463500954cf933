"""The calendar: own, the team's, the department's; moving is the right of the row's own room."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from accounts.units.models import KeyAccount
from kam.core.clock import business_date
from tests.conftest import Cast
from tests.factories.accounts import make_unit
from tests.permissions.row import Row
from tests.permissions.visits_plans import line as make_plan_line
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


AT = "visits/calendar/"
ROWS = [
    Row(AT, "GET", "-", "403: finance hr admin; 200: *"),
    Row(f"{AT}move/", "POST", "own team", f"302: {MOVE}", make=line, body=moved),
    Row(f"{AT}take-out/", "POST", "own team", f"302: {MOVE}", make=line, body=taken),
    Row(f"{AT}plan/", "POST", "own team", f"302: {MOVE}", make=unit, body=planned),
]
