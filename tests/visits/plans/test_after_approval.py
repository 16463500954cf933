"""12-decisions 11, over HTTP: what may still be done to an approved week, and what a visit without an approved line is."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
import time_machine

from kam.approvals.models import Request
from tests.factories.accounts import make_person, make_unit
from tests.factories.visits import NOW, approve_all, make_approved_plan, make_vehicle
from visits.plans.models import PlanLine
from visits.visits.models import Visit

pytestmark = pytest.mark.usefixtures("thursday", "routes")

HTMX = {"HX-Request": "true"}


@pytest.fixture
def approved(cast):
    return make_approved_plan(cast.owner, cast.manager, cast.director)


def act(client, line, name, **data):
    return client.post(
        f"/visits/week/lines/{line.pk}/{name}/", {"version": line.version} | data, headers=HTMX
    )


def form_of(line, **values):
    told = {
        "unit": line.unit_id,
        "day": line.day.isoformat(),
        "half_day": line.half_day,
        "start": f"{line.start:%H:%M}",
        "end": f"{line.end:%H:%M}",
        "mode": line.mode,
        "purpose": line.purpose,
        "cost": "0",
        "version": line.version,
        "week": "2026-W27",
    }
    return told | values


def add(client, unit, **values):
    told = {"week": "2026-W27", "unit": unit.pk, "day": "2026-07-01", "half_day": "morning", "mode": "visit"}
    return client.post("/visits/week/add/", told | {"purpose": "A new unit", "cost": "0"} | values)


def test_a_line_moves_inside_its_week_and_nowhere_else(cast, client_of, approved):
    plan, line = approved
    client = client_of(cast.owner)
    refused = act(client, line, "move", day="2026-07-06", reason="the customer asked")
    line.refresh_from_db()
    assert (refused.status_code, line.day) == (422, date(2026, 6, 29))

    done = act(client, line, "move", day="2026-07-03", reason="the customer asked")
    line.refresh_from_db()
    plan.refresh_from_db()
    assert (done.status_code, line.day, line.moved_from) == (200, date(2026, 7, 3), date(2026, 6, 29))
    assert (plan.state, Request.objects.get().state) == ("approved", "approved")


def test_cancelling_wants_a_reason_and_leaves_the_approval(cast, client_of, approved):
    plan, line = approved
    client = client_of(cast.owner)
    refused = act(client, line, "cancel")
    line.refresh_from_db()
    assert (refused.status_code, line.state) == (422, "planned")

    done = act(client, line, "cancel", reason="the unit is closed")
    line.refresh_from_db()
    plan.refresh_from_db()
    assert (done.status_code, line.state, line.reason) == (200, "cancelled", "the unit is closed")
    assert (plan.state, Request.objects.get().state) == ("approved", "approved")


@pytest.mark.parametrize("more", ["unit", "cost", "gifts", "vehicle"])
def test_more_than_was_approved_is_refused_at_the_field(cast, client_of, approved, more):
    _plan, line = approved
    value = {
        "unit": lambda: make_unit(owner=cast.owner).pk,
        "cost": lambda: "80",
        "gifts": lambda: "tea",
        "vehicle": lambda: make_vehicle().pk,
    }[more]()
    answer = client_of(cast.owner).post(f"/visits/week/lines/{line.pk}/", form_of(line, **{more: value}))
    before = (line.unit_id, line.cost, line.gifts, line.vehicle_id, line.version)
    line.refresh_from_db()
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [more])
    assert (line.unit_id, line.cost, line.gifts, line.vehicle_id, line.version) == before


def test_a_supplement_has_an_approval_of_its_own(cast, client_of, approved):
    plan, first = approved
    client = client_of(cast.owner)
    assert add(client, make_unit("芦淞大市场", owner=cast.owner), cost="80", gifts="tea").status_code == 302
    line = PlanLine.objects.exclude(pk=first.pk).get()
    assert (line.is_supplement, line.approval, line.cost) == (True, "draft", Decimal(80))
    assert "Submit supplement" in client.get("/visits/week/?week=2026-W27").content.decode()

    assert act(client, line, "submit").status_code == 200
    line.refresh_from_db()
    assert (line.approval, Request.objects.filter(subject_key="visit_plan_supplement").count()) == (
        "pending",
        1,
    )
    approve_all("visit_plan_supplement", line, cast.manager, cast.director, cast.finance)
    for row in (line, first, plan):
        row.refresh_from_db()
    assert (line.approval, first.state, plan.state) == ("approved", "planned", "approved")


@pytest.mark.parametrize(("decided", "planned"), [(False, False), (True, True)])
def test_only_an_approved_line_makes_a_visit_planned(cast, client_of, approved, decided, planned):
    unit = make_unit(owner=cast.owner)
    add(client_of(cast.owner), unit, day="2026-06-29", start="15:00")
    line = PlanLine.objects.get(unit=unit)
    if decided:
        act(client_of(cast.owner), line, "submit")
        approve_all("visit_plan_supplement", line, cast.manager, cast.director)
    person = make_person(unit)
    with time_machine.travel(NOW + timedelta(days=4), tick=False):
        client = client_of(cast.owner)
        body = {"public_id": uuid4(), "outcome": "progress", "on": "2026-06-29", "mode": "visit"}
        sent = client.post(f"/visits/new/?line={line.pk}", body | {"persons": [person.pk]})
        page = client.get(sent["Location"]).content.decode()
    visit = Visit.objects.get()
    assert (visit.is_planned, visit.plan_line_id, "unplanned" in page) == (planned, line.pk, not planned)
    assert visit.business_date == visit.on


def test_a_visit_without_any_line_is_unplanned_and_counts(cast, client_of, approved):
    unit = make_unit(owner=cast.owner)
    person = make_person(unit)
    with time_machine.travel(NOW + timedelta(days=4), tick=False):
        client = client_of(cast.owner)
        body = {"public_id": uuid4(), "outcome": "progress", "on": "2026-06-29", "mode": "visit"}
        sent = client.post(f"/visits/new/?unit={unit.pk}", body | {"persons": [person.pk]})
        page = client.get(sent["Location"]).content.decode()
    visit = Visit.objects.get()
    assert (visit.is_planned, visit.plan_line, visit.is_held, "unplanned" in page) == (
        False,
        None,
        True,
        True,
    )
