from datetime import date

import pytest

from tests.factories.accounts import make_person, make_unit
from tests.factories.visits import make_appointment
from visits.appointments.models import Appointment, AppointmentChange
from visits.plans.models import PlanLine

pytestmark = pytest.mark.usefixtures("thursday", "routes")


def call(unit, **fields):
    return {
        "origin": "call",
        "caller": "Miss Huang",
        "contact": "0731-12345",
        "unit": unit.pk,
        "wished": "Tuesday morning",
        "topic": "Payment schedule",
    } | fields


def test_the_clerk_writes_down_a_call_for_the_units_owner(cast, client_of):
    """S-156: caller, unit, person, wished time, contact."""
    unit = make_unit("泉州商会", owner=cast.owner)
    person = make_person(unit)

    answer = client_of(cast.clerk).post(
        "/visits/appointments/new/", call(unit, person=person.pk, day="2026-06-30", start="09:00")
    )

    row = Appointment.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/visits/appointments/{row.pk}/")
    assert (row.user, row.person, row.recorded_by, row.state) == (cast.owner, person, cast.clerk, "booked")
    assert "泉州商会" in client_of(cast.owner).get("/visits/appointments/").content.decode()


def test_a_seller_may_write_down_a_call_for_a_colleague_of_the_team_only(cast, client_of):
    near, far = make_unit(owner=cast.same_team), make_unit(owner=cast.other_team)
    client = client_of(cast.owner)

    assert client.post("/visits/appointments/new/", call(near)).status_code == 302
    refused = client.post("/visits/appointments/new/", call(far))

    assert refused.status_code == 422
    assert Appointment.objects.get().user == cast.same_team


def test_bad_input_is_answered_at_the_field(cast, client_of):
    unit = make_unit(owner=cast.owner)

    answer = client_of(cast.owner).post("/visits/appointments/new/", call(unit, caller="", day="2026-06-30"))
    page = answer.content.decode()

    assert answer.status_code == 422
    assert 'href="#id_start"' in page
    assert 'value="Payment schedule"' in page
    assert not Appointment.objects.exists()


def test_change_confirm_and_break_from_the_page(cast, client_of):
    row = make_appointment(make_unit(owner=cast.owner), cast.owner)
    client, address = client_of(cast.owner), f"/visits/appointments/{row.pk}/"

    refused = client.post(f"{address}change/", {"day": "2026-07-01", "start": "14:00", "version": 1})
    assert refused.status_code == 422
    assert "Say why the time changes." in refused.content.decode()

    client.post(
        f"{address}change/",
        {"day": "2026-07-01", "start": "14:00", "version": 1, "reason_kind": "customer_changed"},
    )
    client.post(f"{address}confirm/")
    row.refresh_from_db()
    assert row.state == "confirmed"

    client.post(f"{address}break/", {"reason_kind": "no_vehicle", "version": row.version})
    row.refresh_from_db()
    assert (row.state, row.reason_kind) == ("broken", "no_vehicle")


def test_it_stands_on_the_week_board_and_is_put_into_the_plan(cast, client_of):
    row = make_appointment(make_unit("泉州商会", owner=cast.owner), cast.owner)
    client = client_of(cast.owner)
    assert (
        f'href="/visits/appointments/{row.pk}/"' in client.get("/visits/week/?week=2026-W27").content.decode()
    )

    client.post(f"/visits/appointments/{row.pk}/plan/")

    assert PlanLine.objects.get().day == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("act", "more"), [("break", {}), ("change", {"day": "2026-07-01", "start": "14:00"})]
)
def test_another_reason_goes_with_words_asked_for_at_the_field(cast, client_of, act, more):
    row = make_appointment(make_unit(owner=cast.owner), cast.owner)
    before = Appointment.objects.values().get()
    client, address = client_of(cast.owner), f"/visits/appointments/{row.pk}/{act}/"
    body = {"reason_kind": "other", "reason": "  ", "version": 1} | more
    refused = client.post(address, body)
    page = refused.content.decode()
    assert refused.status_code == 422
    field = page.index('name="reason"', page.index(f"/{act}/"))
    assert field < page.index("Say in words what the other reason is.") < page.index("</form>", field)
    assert (Appointment.objects.values().get(), AppointmentChange.objects.count()) == (before, 0)
    assert client.post(address, body | {"reason": "The road was closed"}).status_code == 302
    row.refresh_from_db()
    kept = AppointmentChange.objects.get() if act == "change" else row
    assert (kept.reason_kind, kept.reason) == ("other", "The road was closed")
