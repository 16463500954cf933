"""S-156, S-157: a visit ends its appointment, the evening form closes it; a broken one is offered again."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from kam.core.periods import iso_week_of
from tests.factories.accounts import make_person, make_unit
from tests.factories.visits import make_appointment
from visits.appointments import services as appointments
from visits.appointments.selectors import broken_proposals
from visits.appointments.terms import BreakReason
from visits.followups.models import FollowUp
from visits.plans.models import PlanLine
from visits.visits.models import Visit

pytestmark = pytest.mark.usefixtures("thursday", "routes")


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner)


def log(client, appointment, person, **values):
    on = appointment.starts_at.date() if appointment.starts_at else appointment.created_at.date()
    body = {
        "public_id": str(uuid4()),
        "outcome": "progress",
        "on": on.isoformat(),
        "mode": "visit",
        "persons": [person.pk],
        "summary": "Ninth set",
    }
    return client.post(f"/visits/new/?appointment={appointment.pk}", body | values)


def file_form(client, unit):
    body = {
        "key": str(uuid4()),
        "version": "0",
        "tomorrow": "Go on",
        "rows-TOTAL_FORMS": "1",
        "rows-INITIAL_FORMS": "1",
        "rows-0-unit": unit.pk,
        "rows-0-done": "Talked",
    }
    return client.post("/followups/new/", body)


def test_s156_booked_visited_followed_up_over_http(cast, client_of, unit):
    row = make_appointment(unit, cast.owner)
    with time_machine.travel(row.starts_at + timedelta(hours=2), tick=False):
        client = client_of(cast.owner)
        assert log(client, row, make_person(unit), started="09:00").status_code == 302
        row.refresh_from_db()
        assert (row.state, Visit.objects.get().appointment_id) == ("visited", row.pk)
        assert file_form(client, unit).status_code == 302
    row.refresh_from_db()
    assert (row.state, FollowUp.objects.count()) == ("followed_up", 1)


def test_a_visit_from_the_units_page_finds_the_days_appointment(cast, client_of, unit):
    row = make_appointment(unit, cast.owner)
    elsewhere = make_appointment(unit, cast.same_team)
    person = make_person(unit)
    with time_machine.travel(row.starts_at + timedelta(hours=2), tick=False):
        body = {"public_id": uuid4(), "outcome": "neutral", "on": "2026-06-30", "mode": "visit"}
        client_of(cast.owner).post(f"/visits/new/?unit={unit.pk}", body | {"persons": [person.pk]})
    row.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (row.state, elsewhere.state) == ("visited", "booked")


def test_a_planned_appointment_takes_its_line_along(cast, client_of, unit):
    row = make_appointment(unit, cast.owner)
    line = appointments.plan_appointment(row, by=cast.owner)
    page, prepare = f"/visits/appointments/{row.pk}/", f"/visits/prepare/{line.pk}/"
    assert prepare in client_of(cast.owner).get(page).content.decode()
    with time_machine.travel(row.starts_at + timedelta(hours=2), tick=False):
        client = client_of(cast.owner)
        log(client, row, make_person(unit))
        assert prepare not in client.get(page).content.decode()  # nobody prepares what was held
    row.refresh_from_db()
    assert (row.state, PlanLine.objects.get().state) == ("visited", "done")
    assert Visit.objects.get().plan_line_id == line.pk


def test_one_without_a_time_asks_when_the_visit_began(cast, client_of, unit):
    row = make_appointment(unit, cast.owner, starts_at=None)
    client, person = client_of(cast.owner), make_person(unit)
    refused = log(client, row, person)
    row.refresh_from_db()
    assert (refused.status_code, row.state, Visit.objects.count()) == (422, "informed", 0)
    assert list(refused.context["form"].errors) == ["started"]
    assert log(client, row, person, started="08:30").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.starts_at) == ("visited", Visit.objects.get().started_at)


def test_nobody_there_breaks_it_with_the_reason_and_offers_it_again(cast, client_of, unit):
    row = make_appointment(unit, cast.owner)
    week = iso_week_of(row.starts_at.date())
    with time_machine.travel(row.starts_at + timedelta(hours=2), tick=False):
        log(client_of(cast.owner), row, make_person(unit), outcome="not_met", persons=[], summary="At a fair")
        row.refresh_from_db()
        assert (row.state, row.reason_kind, row.reason) == ("broken", "customer_absent", "At a fair")
        offered = broken_proposals([cast.owner], week)
        assert [(p.unit_id, p.detail, p.kind) for p in offered] == [(unit.pk, "At a fair", "appointment")]
        page = client_of(cast.owner).get("/visits/week/?week=2026-W27")
        assert "At a fair" in page.content.decode()


def test_a_new_appointment_ends_the_proposal(cast, unit):
    row = make_appointment(unit, cast.owner)
    week = iso_week_of(row.starts_at.date())
    appointments.break_appointment(row, reason_kind=BreakReason.NO_VEHICLE, by=cast.owner)
    assert [p.detail for p in broken_proposals([cast.owner], week)] == ["no vehicle available"]
    assert broken_proposals([cast.same_team], week) == []
    make_appointment(unit, cast.owner)
    assert broken_proposals([cast.owner], week) == []
