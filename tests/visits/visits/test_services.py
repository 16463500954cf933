"""Recording a visit does everything at once, or nothing."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation

from accounts.contacts.models import Contact
from accounts.units.models import DirtyUnit
from kam.approvals import services as approvals
from kam.approvals.selectors import request_for
from kam.audit.models import AuditEntry
from kam.core.errors import BusinessError, ConflictError
from kam.core.house import in_house_words
from kam.notes.models import Task
from tests.factories.accounts import make_person, make_unit
from tests.factories.visits import make_line, make_plan, make_visit
from visits.plans import services as plans
from visits.visits import services
from visits.visits.models import CALL_OUTCOMES, OUTCOME_LABELS, Visit, VisitPerson
from visits.visits.services.visits import Promise, VisitEntry
from visits.visits.terms import Outcome, VisitKind

MONDAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner)


@pytest.fixture
def person(unit):
    return make_person(unit, "许志远")


def entry(unit, *persons, **values):
    return VisitEntry(
        **({"unit": unit, "on": MONDAY, "outcome": Outcome.PROGRESS, "persons": persons} | values)
    )


def test_s153_a_visit_writes_contact_tasks_answers_and_marks_the_unit(cast, unit, person):
    visit = services.log_visit(
        entry(
            unit,
            person,
            summary="Ninth set",
            answers=[("Who signs?", "The chairman")],
            promises=[
                Promise("Send the table", due_on=MONDAY + timedelta(3)),
                Promise("Name list", is_ours=False),
            ],
            next_step="Meet the gatekeeper",
        ),
        public_id=uuid4(),
        by=cast.owner,
    )
    contact = Contact.objects.get()
    assert (visit.kind, visit.is_planned, visit.is_late, visit.business_date) == (
        "first",
        False,
        False,
        MONDAY,
    )
    assert (contact.source_kind, contact.source_id, contact.met, contact.called, contact.outline_used) == (
        "visit",
        str(visit.pk),
        True,
        False,
        True,
    )
    assert [person.name for person in contact.persons.all()] == ["许志远"]
    assert list(Task.objects.order_by("pk").values_list("kind", "text", "assignee", "subject_id")) == [
        ("promise", "Send the table", cast.owner.pk, str(unit.pk)),
        ("their_promise", "Name list", cast.owner.pk, str(unit.pk)),
        ("step", "Meet the gatekeeper", cast.owner.pk, str(unit.pk)),
    ]
    assert DirtyUnit.objects.filter(unit=unit).exists()
    assert AuditEntry.objects.filter(act="visits.visit.logged", object_id=str(visit.pk)).count() == 1
    unit.refresh_from_db()
    assert unit.last_visit_on == MONDAY


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"on": MONDAY + timedelta(1)}, "future"),
        ({"persons": ()}, "nobody"),
        ({"next_step": "Call", "next_step_on": MONDAY - timedelta(1)}, "step_before"),
        ({"promises": [Promise("Send it", is_ours=True, due_on=MONDAY - timedelta(1))]}, "promise_before"),
        ({"started_at": NOON, "ended_at": NOON - timedelta(hours=1)}, "turned_round"),
        ({"on": MONDAY - timedelta(10)}, "late_reason"),
    ],
)
def test_a_refused_visit_leaves_nothing(cast, unit, person, change, code):
    with pytest.raises(BusinessError) as refused:
        services.log_visit(
            entry(**({"unit": unit, "persons": [person]} | change))
            if "persons" in change
            else entry(unit, person, **change),
            public_id=uuid4(),
            by=cast.owner,
        )
    assert refused.value.code == code
    assert (Visit.objects.count(), Contact.objects.count(), Task.objects.count()) == (0, 0, 0)


def test_a_person_of_another_unit_is_refused(cast, unit):
    stranger = make_person(make_unit(owner=cast.owner))
    with pytest.raises(BusinessError, match="another unit"):
        services.log_visit(entry(unit, stranger), public_id=uuid4(), by=cast.owner)
    assert Visit.objects.count() == 0


@pytest.mark.parametrize(
    ("days_ago", "late"),
    [(3, False), (5, False), (6, True)],  # Friday, Wednesday (three working days), Tuesday
)
def test_an_entry_is_in_time_for_three_working_days(cast, unit, person, days_ago, late):
    day = MONDAY - timedelta(days_ago)
    visit = services.log_visit(
        entry(unit, person, on=day, late_reason="Was ill"), public_id=uuid4(), by=cast.owner
    )
    assert (visit.is_late, visit.business_date, visit.late_reason) == (
        (True, None, "Was ill") if late else (False, day, "")
    )


def test_the_kind_counts_held_visits_only(cast, unit, person):
    make_visit(unit, user=cast.owner, on=MONDAY - timedelta(9), outcome=Outcome.NOT_MET)
    first = services.log_visit(entry(unit, person), public_id=uuid4(), by=cast.owner)
    second = services.log_visit(entry(unit, person), public_id=uuid4(), by=cast.owner)
    assert (first.kind, second.kind) == (VisitKind.FIRST, VisitKind.SECOND)


def test_the_same_number_twice_is_refused(cast, unit, person):
    number = uuid4()
    services.log_visit(entry(unit, person), public_id=number, by=cast.owner)
    with pytest.raises(ConflictError):
        services.log_visit(entry(unit, person), public_id=number, by=cast.owner)
    assert Visit.objects.count() == 1


def test_a_line_of_the_plan_has_one_visit_and_another_line_another(cast, unit, person):
    plan = make_plan(cast.owner, MONDAY)
    first, second = (make_line(plan, unit, day=MONDAY, start=time(h), end=time(h + 1)) for h in (14, 16))
    for line in (first, second):
        services.log_visit(entry(unit, person, plan_line=line), public_id=uuid4(), by=cast.owner)
    with pytest.raises(ConflictError, match="already has its visit"):
        services.log_visit(entry(unit, person, plan_line=first), public_id=uuid4(), by=cast.owner)
    assert sorted(Visit.objects.values_list("plan_line", flat=True)) == [first.pk, second.pk]


def test_persons_met_on_a_first_visit_freeze_after_a_day(cast, unit, person):
    other = make_person(unit, "蔡文斌")
    visit = services.log_visit(entry(unit, person), public_id=uuid4(), by=cast.owner)
    services.change_visit(visit, entry(unit, person, other), by=cast.owner)
    assert VisitPerson.objects.filter(visit=visit).count() == 2
    with time_machine.travel(NOON + timedelta(hours=24), tick=False), pytest.raises(BusinessError) as refused:
        services.change_visit(visit, entry(unit, other), by=cast.owner)
    assert refused.value.code == "frozen"
    assert set(visit.persons_met.values_list("person", flat=True)) == {person.pk, other.pk}


def test_a_correction_changes_the_contact_and_makes_no_task_twice(cast, unit, person):
    promises = [Promise("Send the table")]
    visit = services.log_visit(entry(unit, person, promises=promises), public_id=uuid4(), by=cast.owner)
    changed = services.change_visit(
        visit,
        entry(unit, person, promises=[*promises, Promise("Call back")], summary="More"),
        by=cast.owner,
        version=1,
    )
    assert (changed.summary, changed.version, Contact.objects.get().text) == ("More", 2, "More")
    assert sorted(Task.objects.values_list("text", flat=True)) == ["Call back", "Send the table"]
    with pytest.raises(ConflictError):
        services.change_visit(visit, entry(unit, person, summary="Stale"), by=cast.owner, version=1)
    visit.refresh_from_db()
    assert visit.summary == "More"


def test_s230_a_call_with_its_outcome_is_a_contact_by_telephone(cast, unit, person):
    contact = services.log_call(unit, outcome="reached", key=uuid4(), by=cast.owner, person=person)
    assert (contact.called, contact.met, contact.on) == (True, False, MONDAY)
    assert (contact.outcome, contact.outcome_words) == (in_house_words(CALL_OUTCOMES["reached"]), "Talked")


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_what_came_of_a_visit_is_kept_in_the_words_of_the_house(cast, unit, person, language):
    with translation.override(language):
        visit = services.log_visit(entry(unit, person), public_id=uuid4(), by=cast.owner)
    contact = Contact.objects.get(source_kind="visit", source_id=str(visit.pk))
    label = OUTCOME_LABELS[Outcome(visit.outcome)]
    assert contact.outcome == in_house_words(label)
    assert contact.outcome_words == str(label)


@pytest.mark.parametrize(("act", "counts_for"), [("approve", MONDAY - timedelta(10)), ("reject", None)])
def test_a_late_entry_counts_once_the_manager_accepted_it(cast, unit, person, act, counts_for):
    late = entry(unit, person, on=MONDAY - timedelta(10), late_reason="Was ill")
    visit = services.log_visit(late, public_id=uuid4(), by=cast.owner)
    request = request_for("late_entry", visit)
    decide = {"approve": approvals.approve, "reject": approvals.reject}[act]
    reason = {} if act == "approve" else {"reason": "Too late"}
    with pytest.raises((BusinessError, PermissionDenied)):
        decide(request, by=cast.owner, version=request.version, **reason)
    visit.refresh_from_db()
    assert visit.business_date is None
    decide(request, by=cast.manager, version=request.version, **reason)
    visit.refresh_from_db()
    assert (visit.business_date, visit.is_late) == (counts_for, True)


def test_the_day_of_a_visit_is_the_departments_wherever_the_visitor_is(cast, unit, person):
    """At 02:00 on the 23rd in Shanghai it is still the 22nd in New York; the visit of the 23rd has taken place (12-decisions, 25)."""
    night = datetime(2026, 11, 23, 2, tzinfo=ZoneInfo("Asia/Shanghai"))
    with time_machine.travel(night, tick=False), timezone.override(ZoneInfo("America/New_York")):
        visit = services.log_visit(entry(unit, person), public_id=uuid4(), by=cast.owner)
        with pytest.raises(BusinessError) as refusal:
            services.log_visit(
                entry(unit, person, on=MONDAY + timedelta(1)), public_id=uuid4(), by=cast.owner
            )
    assert (visit.on, visit.business_date, refusal.value.code) == (MONDAY, MONDAY, "future")
    assert Visit.objects.count() == 1


def test_a_visit_of_a_month_gone_by_is_late_by_the_servers_clock_and_counts_in_its_own_month(
    cast, unit, person
):
    """No month is closed before there are score sheets: until then the manager's approval alone lets it count (12-decisions 23)."""
    last = date(2026, 10, 30)
    visit = services.log_visit(
        entry(unit, person, on=last, late_reason="Was ill"), public_id=uuid4(), by=cast.owner
    )
    october = Visit.objects.counted_between(date(2026, 10, 1), date(2026, 10, 31))
    assert (visit.entered_at, visit.is_late, visit.business_date, october.count()) == (NOON, True, None, 0)
    request = request_for("late_entry", visit)
    approvals.approve(request, by=cast.manager, version=request.version)
    assert [v.business_date for v in october.all()] == [last]
    assert Visit.objects.counted_between(date(2026, 11, 1), date(2026, 11, 30)).count() == 0


def test_an_entry_of_the_last_days_of_a_month_is_in_time_in_the_next_one(cast, unit, person):
    """Three working days run on over the end of a month: Friday 30 October is in time until Wednesday 4 November."""
    for day, late in ((4, False), (5, True)):
        with time_machine.travel(datetime(2026, 11, day, 12, tzinfo=ZoneInfo("Asia/Shanghai")), tick=False):
            visit = services.log_visit(
                entry(unit, person, on=date(2026, 10, 30), late_reason="Was ill"),
                public_id=uuid4(),
                by=cast.owner,
            )
        assert visit.is_late is late


@pytest.mark.parametrize("gone", ["cancelled", "moved"])
def test_a_visit_made_although_its_line_was_taken_out_meanwhile_is_recorded_unplanned(
    cast, unit, person, gone
):
    """Somebody took the line out while the visitor was there: what was written is kept, and the line stays as it was left."""
    line = make_line(make_plan(cast.owner, MONDAY), unit, day=MONDAY, start=time(14), end=time(15))
    if gone == "cancelled":
        plans.cancel_line(line, by=cast.manager, reason="ill")
    else:
        later = make_plan(cast.owner, MONDAY + timedelta(7))
        plans.postpone_line(line, to=later, day=MONDAY + timedelta(8), by=cast.manager, reason="ill")
    made = services.log_visit(entry(unit, person, plan_line=line), public_id=uuid4(), by=cast.owner)
    line.refresh_from_db()
    assert (made.plan_line, made.is_planned, made.business_date, line.state) == (None, False, MONDAY, gone)
