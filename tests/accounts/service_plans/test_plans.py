"""Service plans through the services: written, revised, followed by the tier, reviewed, overdue; and as the application's role."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.persons.services import end_role, mark_left
from accounts.persons.terms import BuyerRole
from accounts.red_flags.models import RedFlag
from accounts.red_flags.services import recompute
from accounts.red_flags.terms import FlagKind
from accounts.service_plans.models import ServicePlan, ServicePlanReview, ServicePlanRevision
from accounts.service_plans.registers import collect_due, text_of_due
from accounts.service_plans.rules import Frequency, Measure
from accounts.service_plans.selectors import draft_of, due_of, plans_of, reviews_due, seen_of
from accounts.service_plans.services import conclude_review, propose_plans, write_plans
from accounts.service_plans.terms import Because, Every, Mode, Standing
from accounts.units.services import change_owner, change_tier
from accounts.units.terms import Tier
from kam.core.errors import BusinessError, ConflictError
from tests.factories.accounts import make_contact, make_person, make_role, make_unit

ZONE = ZoneInfo("Asia/Shanghai")
#: A Monday; the Tuesday after it is the first day of the decision maker's plan at tier A.
MONDAY, TUESDAY = date(2026, 6, 1), date(2026, 6, 2)


@pytest.fixture
def clock():
    with time_machine.travel(datetime(2026, 6, 1, 9, tzinfo=ZONE), tick=False) as traveller:
        yield lambda day: traveller.move_to(datetime(day.year, day.month, day.day, 9, tzinfo=ZONE))


@pytest.fixture
def unit(cast, clock):
    return make_unit("泉州商会", owner=cast.owner, tier=Tier.A)


@pytest.fixture
def boss(unit):
    person = make_person(unit, "许志远", post="会长")
    make_role(person)
    return person


@pytest.fixture
def plan(unit, boss, cast):
    (revision,) = write_plans(unit, propose_plans(unit, MONDAY), by=cast.owner, seen=0)
    return revision.plan


def now(unit, today):
    (one,) = plans_of(unit, today=today)
    return one


def again(plan, **changes):
    latest = plan.revisions.last()
    return [replace(draft_of(latest, plan), **changes)]


def test_a_plan_begins_as_proposed_for_role_and_tier(plan, unit):
    revision = plan.revisions.get()
    assert (revision.revision, revision.starts_on, revision.template.seat) == (1, MONDAY, "decision_maker")
    assert (revision.every, revision.number, revision.weekdays) == (Every.WEEKS, 1, [1])
    assert now(unit, MONDAY).next_on == TUESDAY
    assert propose_plans(unit, MONDAY) == []


def test_the_same_again_writes_nothing_and_another_needs_a_reason(plan, unit, cast):
    seen = seen_of(unit)
    assert write_plans(unit, again(plan), by=cast.owner, seen=seen) == []
    call = again(plan, mode=Mode.CALL)
    with pytest.raises(BusinessError) as refused:
        write_plans(unit, call, by=cast.owner, seen=seen)
    assert refused.value.field == "reason"
    with pytest.raises(ConflictError):
        write_plans(unit, call, by=cast.owner, seen=0, reason="calls do")
    assert plan.revisions.count() == 1
    (second,) = write_plans(unit, call, by=cast.owner, seen=seen, reason="calls do")
    assert (second.revision, second.template) == (2, None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"objective": " "}, "row-0-objective"),
        ({"action": ""}, "row-0-action"),
        ({"frequency": Frequency(Every.WEEKS, 1)}, "row-0-weekdays"),
        ({"frequency": Frequency(Every.DAYS, 91)}, "row-0-number"),
        ({"seat": "user"}, "row-0"),
    ],
)
def test_what_cannot_be_planned_is_refused_at_its_field(plan, unit, cast, changes, field):
    with pytest.raises(BusinessError) as refused:
        write_plans(unit, again(plan, **changes), by=cast.owner, seen=seen_of(unit), reason="x")
    assert refused.value.field == field
    assert ServicePlanRevision.objects.count() == 1


def test_no_revision_changes_days_that_are_over(plan, unit, cast, clock):
    clock(date(2026, 6, 20))
    weekly = again(plan, frequency=Frequency(Every.WEEKS, 1, (4,)))
    seen = seen_of(unit)
    with pytest.raises(BusinessError) as refused:
        write_plans(unit, weekly, by=cast.owner, seen=seen, starts_on=date(2026, 6, 19), reason="Fridays")
    assert refused.value.field == "starts_on"
    write_plans(unit, weekly, by=cast.owner, seen=seen, starts_on=date(2026, 7, 1), reason="Fridays")
    with pytest.raises(BusinessError) as refused:
        write_plans(unit, again(plan, mode=Mode.CALL), by=cast.owner, seen=seen_of(unit), reason="x")
    assert refused.value.code == "early"
    days = [one.occurrence.on for one in now(unit, date(2026, 6, 20)).course.answered[:7]]
    assert [(day.month, day.day) for day in days] == [
        (6, 2),
        (6, 9),
        (6, 16),
        (6, 23),
        (6, 30),
        (7, 3),
        (7, 10),
    ]


def test_another_tier_changes_what_comes_and_not_what_was(plan, unit, cast, clock):
    clock(date(2026, 6, 17))
    change_tier(unit, to=Tier.C, by=cast.manager, reason="fewer sets")
    after = plan.revisions.last()
    assert (after.revision, after.starts_on, after.every, after.day_of_month) == (
        *(2, date(2026, 6, 17), Every.MONTHS, 10),
    )
    days = [one.occurrence.on for one in now(unit, date(2026, 6, 17)).course.answered[:5]]
    assert [(day.month, day.day) for day in days] == [(6, 2), (6, 9), (6, 16), (7, 10), (8, 10)]


def test_what_somebody_wrote_stays_whatever_the_tier(plan, unit, cast):
    write_plans(
        unit, again(plan, objective="Own words"), by=cast.owner, seen=seen_of(unit), reason="known better"
    )
    change_tier(unit, to=Tier.C, by=cast.manager, reason="fewer sets")
    assert plan.revisions.count() == 2


def test_contacts_answer_the_plan_and_the_rest_is_unplanned(plan, unit, boss, clock):
    make_contact(unit, boss, on=TUESDAY)
    make_contact(unit, boss, on=date(2026, 6, 13))
    make_contact(unit, boss, on=date(2026, 6, 4), met=False, written=True, channel="wechat")
    clock(date(2026, 6, 23))
    one = now(unit, date(2026, 6, 23))
    assert [a.standing for a in one.course.answered[:5]] == [
        *(Standing.DONE, Standing.LATE, Standing.MISSED, Standing.DUE, Standing.AHEAD)
    ]
    assert one.month == Measure(planned=5, done=1, late=1, open=2, missed=1, unplanned=1)


def test_nothing_is_due_from_somebody_who_left_or_lost_the_role(plan, unit, boss, cast, clock):
    clock(date(2026, 6, 10))
    end_role(boss.roles.get(), by=cast.owner)
    one = now(unit, date(2026, 6, 10))
    assert (one.is_running, one.next_on) == (False, one.course.next.occurrence.on)
    assert due_of([cast.owner.pk], date(2026, 6, 30), today=date(2026, 6, 10)) == []
    mark_left(boss, by=cast.owner)
    assert not now(unit, date(2026, 6, 10)).is_running


def flags(unit, today):
    recompute([unit.pk], today=today)
    return list(RedFlag.objects.standing().filter(unit=unit, kind=FlagKind.SERVICE_PLAN_OVERDUE))


def test_an_overdue_plan_raises_a_flag_that_a_contact_clears(plan, unit, boss):
    assert flags(unit, date(2026, 6, 4)) == []  # two days late are in time
    (flag,) = flags(unit, date(2026, 6, 5))
    assert (flag.person, flag.since_on, flag.evidence["due"]) == (boss, date(2026, 6, 5), "2026-06-02")
    assert flags(unit, date(2026, 6, 12)) == [flag]  # one flag however many are missed
    make_contact(unit, boss, on=date(2026, 6, 12))
    assert flags(unit, date(2026, 6, 12)) == []
    (later,) = flags(unit, date(2026, 6, 19))
    assert later != flag
    assert later.evidence["due"] == "2026-06-16"


def test_the_same_facts_do_not_raise_the_flag_again(plan, unit, boss):
    (flag,) = flags(unit, date(2026, 6, 5))
    contact = make_contact(unit, boss, on=date(2026, 6, 5))
    assert flags(unit, date(2026, 6, 5)) == []
    contact.contact_persons.all().delete()
    contact.delete()
    assert flags(unit, date(2026, 6, 5)) == []
    flag.refresh_from_db()
    assert flag.state == "cleared"


def test_a_stopped_or_revised_plan_clears_the_flag(plan, unit, cast, clock):
    clock(date(2026, 6, 8))
    assert len(flags(unit, date(2026, 6, 8))) == 1
    write_plans(unit, again(plan, is_stopped=True), by=cast.owner, seen=seen_of(unit), reason="abroad")
    assert flags(unit, date(2026, 6, 8)) == []
    assert not now(unit, date(2026, 6, 8)).is_running


def test_a_review_is_due_monthly_and_for_a_focus_unit_after_each_visit(plan, unit, boss, cast, clock):
    due = reviews_due([unit.pk])[unit.pk]
    assert (due.on, due.because) == (date(2026, 7, 1), Because.MONTH)
    unit.is_focus, unit.last_visit_on = True, date(2026, 6, 9)
    unit.save(update_fields=["is_focus", "last_visit_on"])
    due = reviews_due([unit.pk])[unit.pk]
    assert (due.on, due.because) == (date(2026, 6, 9), Because.VISIT)
    make_contact(unit, boss, on=TUESDAY)
    clock(date(2026, 6, 10))
    review = conclude_review(unit, "Warmer", by=cast.owner)
    assert (review.because, review.first_on, review.planned, review.done, review.open) == (
        *(Because.VISIT, MONDAY, 2, 1, 1),
    )
    assert reviews_due([unit.pk])[unit.pk].on == date(2026, 7, 10)
    with pytest.raises(BusinessError):
        conclude_review(unit, "Again", by=cast.owner)
    assert ServicePlanReview.objects.count() == 1


@pytest.mark.parametrize(("conclusion", "code"), [(" ", "empty"), ("Fine", "no_plan")])
def test_a_review_needs_a_conclusion_and_a_plan(unit, cast, conclusion, code):
    with pytest.raises(BusinessError) as refused:
        conclude_review(unit, conclusion, by=cast.owner)
    assert refused.value.code == code
    assert not ServicePlanReview.objects.exists()


def test_plans_follow_the_owner_of_the_unit(plan, unit, cast, clock):
    clock(TUESDAY)
    change_owner(unit, owner=cast.same_team, by=cast.manager, reason="more time")
    told = collect_due([cast.owner, cast.same_team], TUESDAY)
    assert list(told) == [cast.same_team.pk]
    assert "许志远" in text_of_due(told[cast.same_team.pk])
    assert ServicePlan.objects.visible_to(cast.same_team).get() == plan
    assert not ServicePlan.objects.visible_to(cast.owner).exists()


def test_what_is_due_costs_the_same_for_many(unit, boss, plan, cast, clock):
    clock(TUESDAY)

    def ask():
        with CaptureQueriesContext(connection) as queries:
            told = collect_due([cast.owner, cast.other_team], date(2026, 7, 3))
        return len(queries), told

    few, _told = ask()
    for _n in range(12):
        more = make_unit(owner=cast.owner, tier=Tier.A)
        make_role(make_person(more), BuyerRole.USER)
        write_plans(more, propose_plans(more, TUESDAY), by=cast.owner, seen=0)
    many, told = ask()
    assert many == few
    assert told[cast.owner.pk].count == 26  # a contact and a review each
    assert len(told[cast.owner.pk].contacts) == 8


def test_the_database_refuses_what_the_rules_refuse(plan):
    revision = plan.revisions.get()
    for changes in ({"number": 27}, {"weekdays": []}, {"objective": ""}, {"mode": "dance"}, {"revision": 1}):
        values = {
            name: getattr(revision, name) for name in ("objective", "action", "mode", "day_part", "every")
        }
        values |= {"number": 1, "weekdays": [1], "revision": 2, "reason": "x", "starts_on": MONDAY} | changes
        with pytest.raises(IntegrityError), transaction.atomic():
            ServicePlanRevision.objects.create(plan=plan, **values)
