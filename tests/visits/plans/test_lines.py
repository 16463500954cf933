from datetime import date, time
from decimal import Decimal

import pytest

from kam.audit.models import AuditEntry
from kam.core.errors import BusinessError, ConflictError
from tests.factories.accounts import make_person, make_unit
from tests.factories.visits import (
    MONDAY,
    NOW,
    approve_all,
    make_approved_plan,
    make_draft,
    make_line,
    make_plan,
    make_vehicle,
)
from visits.bookings.models import Booking
from visits.bookings.services import ClashError
from visits.plans import services
from visits.plans.models import PlanLine
from visits.plans.services import Place
from visits.plans.terms import HalfDay, VisitMode

TUESDAY, WEDNESDAY = date(2026, 6, 30), date(2026, 7, 1)

pytestmark = pytest.mark.usefixtures("thursday", "routes")


def test_a_line_books_the_person_and_the_vehicle(cast):
    van = make_vehicle()
    line = make_line(make_plan(cast.owner), make_unit("泉州商会", owner=cast.owner), vehicle=van)

    assert list(Booking.objects.order_by("kind").values_list("kind", "resource_id", "label")) == [
        ("person", cast.owner.pk, "泉州商会"),
        ("vehicle", van.pk, "Owner"),
    ]
    assert (line.half_day, line.is_supplement) == ("morning", False)
    assert AuditEntry.objects.filter(act="visits.plan_line.added", object_id=str(line.pk)).count() == 1


def test_a_clash_says_with_what_and_offers_free_slots(cast):
    """S-161: the same vehicle and hour are refused; the next free slots are named."""
    van = make_vehicle()
    make_line(make_plan(cast.same_team), vehicle=van, start=time(8, 30), end=time(11, 30))
    plan = make_plan(cast.owner)

    with pytest.raises(ClashError) as refusal:
        make_line(plan, vehicle=van)

    assert str(refusal.value) == "湘B K2186 is taken Mon 08:30–11:30: Same-Team."
    assert refusal.value.status == 422
    assert refusal.value.only_things is True
    assert [f"{slot.start:%a %H:%M}" for slot in refusal.value.free] == [
        "Mon 13:30",
        "Mon 15:00",
        "Tue 08:30",
    ]
    assert plan.lines.count() == 0
    assert Booking.objects.filter(resource_id=cast.owner.pk, kind="person").count() == 0


def test_without_an_hour_the_first_free_one_of_the_half_day_is_taken(cast):
    plan = make_plan(cast.owner)
    make_line(plan, start=time(8, 30), end=time(10))

    line = make_line(plan, start=None, end=None, half_day=HalfDay.MORNING)
    later = make_line(plan, start=None, end=None, half_day=HalfDay.AFTERNOON)

    assert (line.start, line.end) == (time(10), time(11, 30))
    assert (later.start, later.end) == (time(13, 30), time(15))


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"day": date(2026, 7, 6)}, "other_week", "day"),
        ({"purpose": " "}, "empty", "purpose"),
        ({"start": time(10), "end": time(9)}, "times", "end"),
        ({"cost": Decimal(-1)}, "negative", "cost"),
    ],
)
def test_what_cannot_be_planned(cast, fields, code, field):
    plan = make_plan(cast.owner)

    with pytest.raises(BusinessError) as refusal:
        make_line(plan, **fields)

    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert plan.lines.count() == 0


def test_a_day_that_is_over_is_not_planned(cast):
    plan = make_plan(cast.owner, NOW.date())

    with pytest.raises(BusinessError) as refusal:
        make_line(plan, day=date(2026, 6, 24))

    assert refusal.value.code == "day_over"
    assert plan.lines.count() == 0


def test_units_and_persons_of_others_are_refused(cast):
    plan, unit = make_plan(cast.owner), make_unit(owner=cast.owner)
    stranger = make_person(make_unit(owner=cast.owner))
    foreign = make_unit(owner=cast.other_team)

    with pytest.raises(BusinessError) as wrong_unit:
        make_line(plan, foreign)
    with pytest.raises(BusinessError) as wrong_person:
        make_line(plan, unit, persons=[stranger])
    with pytest.raises(BusinessError) as none:
        services.add_line(plan, make_draft(None), by=cast.owner)

    assert [e.value.code for e in (wrong_unit, wrong_person, none)] == [
        "unit_foreign",
        "person_foreign",
        "unit_missing",
    ]
    assert PlanLine.objects.count() == 0


def test_a_round_of_calls_needs_no_unit(cast):
    line = services.add_line(
        make_plan(cast.owner), make_draft(None, mode=VisitMode.CALLS, purpose="10 calls"), by=cast.owner
    )

    assert line.title == "10 calls"


def test_moving_keeps_the_hour_in_the_same_half_and_finds_one_in_the_other(cast):
    plan = make_plan(cast.owner)
    line = make_line(plan)
    make_line(plan, day=TUESDAY, start=time(13, 30), end=time(14, 30))

    moved = services.move_line(line, to=Place(WEDNESDAY), by=cast.owner)
    assert (moved.day, moved.start, moved.version) == (WEDNESDAY, time(9), 2)

    again = services.move_line(moved, to=Place(TUESDAY, HalfDay.AFTERNOON), by=cast.owner)
    assert (again.day, again.start, again.half_day) == (TUESDAY, time(14, 30), "afternoon")
    assert Booking.objects.get(source_id=str(line.pk)).slot.lower == again.starts_at


def test_a_refused_move_changes_nothing(cast):
    plan = make_plan(cast.owner)
    line, _other = make_line(plan), make_line(plan, day=TUESDAY)

    with pytest.raises(ClashError):
        services.move_line(line, to=Place(TUESDAY), by=cast.owner)

    line.refresh_from_db()
    assert (line.day, line.version) == (MONDAY, 1)
    assert Booking.objects.get(source_id=str(line.pk)).slot.lower == line.starts_at


def test_a_line_goes_without_the_vehicle_that_is_taken(cast):
    van = make_vehicle()
    make_line(make_plan(cast.same_team), day=TUESDAY, vehicle=van)
    line = make_line(make_plan(cast.owner), vehicle=van)

    moved = services.move_line(line, to=Place(TUESDAY, without_vehicle=True), by=cast.owner)

    assert moved.vehicle is None
    assert Booking.objects.filter(source_id=str(line.pk)).count() == 1


def test_a_stale_page_is_answered_with_a_conflict(cast):
    line = make_line(make_plan(cast.owner))
    services.move_line(line, to=Place(TUESDAY), by=cast.owner, version=1)

    with pytest.raises(ConflictError):
        services.move_line(line, to=Place(WEDNESDAY), by=cast.owner, version=1)

    line.refresh_from_db()
    assert line.day == TUESDAY


def test_after_approval_a_line_moves_or_is_cancelled_with_a_reason(cast):
    """12-decisions 11."""
    _plan, line = make_approved_plan(cast.owner, cast.manager, cast.director)

    for act in (
        lambda: services.move_line(line, to=Place(TUESDAY), by=cast.owner),
        lambda: services.cancel_line(line, by=cast.owner),
    ):
        with pytest.raises(BusinessError) as refusal:
            act()
        assert (refusal.value.code, refusal.value.field) == ("reason_missing", "reason")
    line.refresh_from_db()
    assert (line.day, line.state) == (MONDAY, "planned")

    moved = services.move_line(line, to=Place(TUESDAY), by=cast.owner, reason="customer asked")
    assert (moved.day, moved.moved_from, moved.moved_reason) == (TUESDAY, MONDAY, "customer asked")
    gone = services.cancel_line(moved, by=cast.owner, reason="no vehicle")
    assert (gone.state, gone.reason) == ("cancelled", "no vehicle")
    assert not Booking.objects.exists()


def test_after_approval_more_is_a_supplement_and_less_is_not(cast):
    plan, line = make_approved_plan(cast.owner, cast.manager, cast.director)
    unit = line.unit

    with pytest.raises(BusinessError) as refusal:
        services.edit_line(line, make_draft(unit, gifts="tea"), by=cast.owner)
    assert (refusal.value.code, refusal.value.field) == ("needs_supplement", "gifts")

    services.edit_line(line, make_draft(unit, purpose="Ask about the budget"), by=cast.owner)
    line.refresh_from_db()
    assert (line.purpose, line.gifts) == ("Ask about the budget", "")
    plan.refresh_from_db()
    assert plan.state == "approved"


def test_a_supplement_is_approved_on_its_own_while_the_rest_stays(cast):
    plan, _line = make_approved_plan(cast.owner, cast.manager, cast.director)
    extra = make_line(plan, day=WEDNESDAY, cost=Decimal(80))

    assert (extra.is_supplement, extra.approval) == (True, "draft")
    assert PlanLine.objects.binding().filter(plan=plan).count() == 1
    services.submit_supplement(extra, by=cast.owner)
    approve_all("visit_plan_supplement", extra, cast.manager, cast.director, cast.finance)

    extra.refresh_from_db()
    plan.refresh_from_db()
    assert (extra.approval, plan.state) == ("approved", "approved")
    assert PlanLine.objects.binding().filter(plan=plan).count() == 2


def test_a_line_goes_to_another_week(cast):
    line = make_line(make_plan(cast.owner))
    later = make_plan(cast.owner, date(2026, 7, 6))

    new = services.postpone_line(
        line, to=later, day=date(2026, 7, 7), by=cast.owner, reason="they are on holiday"
    )

    line.refresh_from_db()
    assert (line.state, line.moved_to, line.reason) == ("moved", new, "they are on holiday")
    assert (new.plan, new.day, new.start) == (later, date(2026, 7, 7), time(9))
    assert Booking.objects.count() == 1


def test_a_done_line_stays_as_it_is(cast):
    line = make_line(make_plan(cast.owner))
    services.finish_line(line, by=cast.owner)
    services.finish_line(line, by=cast.owner)

    with pytest.raises(BusinessError):
        services.cancel_line(line, by=cast.owner, reason="late")

    line.refresh_from_db()
    assert line.state == "done"
    assert AuditEntry.objects.filter(act="visits.plan_line.done").count() == 1


def test_what_is_taken_out_is_audited_with_its_reason_and_gives_back_its_own_time_only(cast):
    plan = make_plan(cast.owner)
    line, other = make_line(plan), make_line(plan, day=TUESDAY)

    services.cancel_line(line, by=cast.owner, reason="customer is away")

    entry = AuditEntry.objects.get(act="visits.plan_line.cancelled")
    assert (entry.actor, entry.object_id, entry.reason) == (cast.owner, str(line.pk), "customer is away")
    assert list(Booking.objects.values_list("source_id", flat=True)) == [str(other.pk)]
