from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from kam.core.errors import BusinessError, ConflictError
from kam.core.transitions import TransitionRefusedError
from kam.people.registry import all_holdings
from tests.factories.accounts import make_person, make_unit
from tests.factories.visits import make_appointment, make_line, make_plan
from visits.appointments import services
from visits.appointments.models import Appointment, AppointmentChange
from visits.appointments.terms import BreakReason, Origin
from visits.bookings.models import Booking
from visits.bookings.services import ClashError
from visits.plans.services import Place, cancel_line, move_line

pytestmark = pytest.mark.usefixtures("thursday", "routes")

TUESDAY = datetime(2026, 6, 30, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_a_call_to_the_marketing_centre_goes_its_whole_way(cast):
    """S-156: informed → booked → confirmed → visited → followed up."""
    unit = make_unit(owner=cast.owner)
    row = make_appointment(
        unit,
        cast.owner,
        by=cast.clerk,
        origin=Origin.CALL,
        caller="Miss Huang",
        wished="next week",
        starts_at=None,
    )
    assert (row.state, row.recorded_by, Booking.objects.count()) == ("informed", cast.clerk, 0)

    row = services.book_appointment(row, starts_at=TUESDAY, by=cast.clerk)
    assert (row.state, row.ends_at, Booking.objects.get().resource_id) == (
        "booked",
        TUESDAY + timedelta(hours=1),
        cast.owner.pk,
    )
    row = services.confirm_appointment(row, by=cast.owner)
    row = services.mark_visited(services.mark_visited(row, by=cast.owner), by=cast.owner)
    row = services.mark_followed_up(row, by=cast.owner)
    assert row.state == "followed_up"


def test_a_change_keeps_the_old_time_and_needs_a_new_confirmation(cast):
    """S-157."""
    row = services.confirm_appointment(
        make_appointment(make_unit(owner=cast.owner), cast.owner), by=cast.owner
    )

    with pytest.raises(BusinessError) as refusal:
        services.book_appointment(row, starts_at=TUESDAY + timedelta(days=1), by=cast.owner)
    assert refusal.value.field == "reason_kind"
    row.refresh_from_db()
    assert (row.starts_at, row.state) == (TUESDAY, "confirmed")

    row = services.book_appointment(
        row,
        starts_at=TUESDAY + timedelta(days=1),
        by=cast.owner,
        reason_kind=BreakReason.CUSTOMER_CHANGED,
        reason="fair",
    )
    change = AppointmentChange.objects.get()
    assert (row.state, change.old_starts_at, change.new_starts_at) == (
        "booked",
        TUESDAY,
        TUESDAY + timedelta(days=1),
    )
    assert Booking.objects.get().slot.lower == TUESDAY + timedelta(days=1)


def test_it_says_its_hour_on_the_clock_of_the_department(cast):
    row = make_appointment(make_unit("泉州商会", owner=cast.same_team), cast.owner)
    assert str(row) == "泉州商会 · 2026-06-30 09:00"
    (holding,) = [one for one in all_holdings() if one.key == "visits.appointments"]
    assert [held.label for held in holding.of(cast.owner)] == [str(row)]


def test_a_broken_appointment_has_a_reason_and_frees_the_hour(cast):
    row = make_appointment(make_unit(owner=cast.owner), cast.owner)

    row = services.break_appointment(row, reason_kind=BreakReason.NO_VEHICLE, by=cast.owner)

    assert (row.state, row.reason_kind, Booking.objects.count()) == ("broken", "no_vehicle", 0)
    with pytest.raises(TransitionRefusedError):
        services.confirm_appointment(row, by=cast.owner)


def test_the_same_hour_is_refused_with_free_slots(cast):
    make_line(make_plan(cast.owner), day=date(2026, 6, 30))

    with pytest.raises(ClashError) as refusal:
        make_appointment(make_unit(owner=cast.owner), cast.owner)

    assert [f"{slot.start:%a %H:%M}" for slot in refusal.value.free] == [
        "Tue 10:30",
        "Tue 13:30",
        "Tue 14:30",
    ]
    assert not Appointment.objects.exists()


def test_it_moves_into_the_week_plan_and_the_line_then_moves_only_with_it(cast):
    row = make_appointment(make_unit(owner=cast.owner), cast.owner, topic="Budget")
    line = services.plan_appointment(row, by=cast.owner)
    assert (line.day, line.start, line.purpose, Booking.objects.count()) == (
        date(2026, 6, 30),
        time(9),
        "Budget",
        1,
    )

    for act in (
        lambda: move_line(line, to=Place(date(2026, 7, 1)), by=cast.owner),
        lambda: cancel_line(line, by=cast.owner),
    ):
        with pytest.raises(BusinessError) as refusal:
            act()
        assert refusal.value.code == "agreed_with_customer"
    line.refresh_from_db()
    assert (line.day, line.state) == (date(2026, 6, 30), "planned")

    row.refresh_from_db()
    services.book_appointment(
        row, starts_at=TUESDAY + timedelta(days=2), by=cast.owner, reason_kind=BreakReason.OUR_CHANGE
    )
    line.refresh_from_db()
    assert (line.day, line.start, Booking.objects.count()) == (date(2026, 7, 2), time(9), 1)


def test_a_line_follows_its_appointment_into_another_week(cast):
    row = make_appointment(make_unit(owner=cast.owner), cast.owner)
    line = services.plan_appointment(row, by=cast.owner)

    row = services.book_appointment(
        row, starts_at=TUESDAY + timedelta(days=7), by=cast.owner, reason_kind=BreakReason.CUSTOMER_CHANGED
    )

    line.refresh_from_db()
    assert (line.state, line.moved_to, row.plan_line) == ("moved", row.plan_line, line.moved_to)
    assert (row.plan_line.day, row.plan_line.start) == (date(2026, 7, 7), time(9))


def test_a_broken_appointment_cancels_its_line(cast):
    row = make_appointment(make_unit(owner=cast.owner), cast.owner)
    line = services.plan_appointment(row, by=cast.owner)

    services.break_appointment(row, reason_kind=BreakReason.CUSTOMER_ABSENT, by=cast.owner)

    line.refresh_from_db()
    assert (line.state, line.reason, Booking.objects.count()) == ("cancelled", "customer was not there", 0)


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"origin": Origin.CALL}, "caller_missing", "caller"),
        ({"starts_at": TUESDAY - timedelta(days=30)}, "day_over", "starts_at"),
        ({"ends_at": TUESDAY}, "times", "ends_at"),
    ],
)
def test_what_cannot_be_recorded(cast, fields, code, field):
    with pytest.raises(BusinessError) as refusal:
        make_appointment(make_unit(owner=cast.owner), cast.owner, **fields)

    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert not Appointment.objects.exists()


def test_a_person_of_another_unit_and_somebody_who_makes_no_visits_are_refused(cast):
    unit = make_unit(owner=cast.owner)
    with pytest.raises(BusinessError) as wrong_person:
        make_appointment(unit, cast.owner, person=make_person(make_unit(owner=cast.owner)))
    with pytest.raises(BusinessError) as wrong_user:
        make_appointment(unit, cast.finance)

    assert (wrong_person.value.code, wrong_user.value.code) == ("person_foreign", "no_seller")
    assert not Appointment.objects.exists()


def test_a_stale_page_is_a_conflict(cast):
    row = make_appointment(make_unit(owner=cast.owner), cast.owner)
    services.confirm_appointment(row, by=cast.owner, version=1)

    with pytest.raises(ConflictError):
        services.break_appointment(row, reason_kind=BreakReason.OTHER, by=cast.owner, version=1)

    row.refresh_from_db()
    assert row.state == "confirmed"
