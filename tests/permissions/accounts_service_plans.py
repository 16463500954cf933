"""Service plans of units, with their unit."""

from datetime import date
from typing import Any

from accounts.service_plans.models import ServicePlan, ServicePlanTemplate
from accounts.service_plans.services import propose_plans, seen_of, write_plans
from accounts.units.models import KeyAccount
from kam.core.clock import business_date
from tests.conftest import Cast
from tests.factories.accounts import make_person, make_role, make_unit
from tests.permissions.admin import STAFF, admin_rows
from tests.permissions.row import Row

READ = "200: owner lead manager director marketing gm clerk; 404: *"
FORM = "200: owner manager director; 403: lead marketing gm clerk; 404: *"
DONE = "302: owner manager director; 403: lead marketing gm clerk; 404: *"


def served(cast: Cast) -> KeyAccount:
    unit = make_unit("泉州商会", owner=cast.owner)
    make_role(make_person(unit, "许志远"))
    write_plans(unit, propose_plans(unit, business_date()), by=cast.owner, seen=0)
    return unit


def unit(cast: Cast) -> dict[str, Any]:
    return {"unit_pk": served(cast).pk}


def plan(cast: Cast) -> dict[str, Any]:
    return {"pk": ServicePlan.objects.get(unit=served(cast)).pk}


def stopped(_cast: Cast, kwargs: Any) -> dict[str, Any]:
    unit = KeyAccount.objects.get(pk=kwargs["unit_pk"])
    return {"seen": seen_of(unit), "starts_on": business_date().isoformat(), "reason": "abroad"}


def template(_cast: Cast) -> int:
    return ServicePlanTemplate.objects.create(
        seat="user",
        tier="D",
        version=77,
        objective="Planted",
        action="x",
        mode="call",
        day_part="morning",
        every="days",
        number=9,
        introduced_on=date(2020, 1, 1),
        replaced_on=date(2020, 1, 2),
    ).pk


UNIT = "accounts/<int:unit_pk>/service-plan"
ROWS = [
    Row("service-plans/", "GET", "-", "403: finance hr admin; 200: *"),
    Row("service-plans/<int:pk>/", "GET", "own", READ, make=plan),
    Row(f"{UNIT}/", "GET", "own", READ, make=unit),
    Row(f"{UNIT}.pdf", "GET", "own", READ, make=unit),
    Row(f"{UNIT}/edit/", "GET", "own", FORM, make=unit),
    Row(f"{UNIT}/edit/", "POST", "own", DONE, make=unit, body=stopped),
    Row(f"{UNIT}/review/", "GET", "own", FORM, make=unit),
    Row(f"{UNIT}/review/", "POST", "own", DONE, make=unit, body=lambda _c, _k: {"conclusion": "Warmer"}),
    *admin_rows("accounts/serviceplantemplate", see=STAFF, make=template),
]
