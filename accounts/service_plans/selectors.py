"""Plans with everything that happened to them: a fixed number of queries for any number of plans."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import Any

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet, Subquery

from accounts.contacts.models import ContactPerson
from accounts.persons.models import PersonRole
from accounts.red_flags.selectors import watched
from accounts.roles.terms import Seat, seat_of
from accounts.service_plans.models import (
    ServicePlan,
    ServicePlanReview,
    ServicePlanRevision,
    ServicePlanTemplate,
)
from accounts.service_plans.rules import (
    Course,
    Draft,
    Frequency,
    Measure,
    Overdue,
    ReviewDue,
    Revision,
    Touch,
    follow,
    measure,
    occurrences,
    overdue,
    review_due,
)
from accounts.service_plans.terms import DayPart, Every, Mode
from accounts.units.models import KeyAccount
from accounts.units.terms import Tier
from kam.calendar.selectors import work_calendar
from kam.core.periods import Period, month_of
from kam.settings_rows.selectors import int_setting
from kam.today.asks import Ask
from kam.users.models import User

TOLERANCE = "service_plan_tolerance_days"
#: How far ahead the next planned contact is looked for: longer than the rarest frequency.
HORIZON = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Followed:
    """A plan as it stands on a day: what it says, what became of what it asked for, whether it is overdue."""

    plan: ServicePlan
    revisions: tuple[ServicePlanRevision, ...]
    current: ServicePlanRevision | None
    course: Course
    month: Measure
    overdue: Overdue | None
    is_held: bool

    @property
    def is_running(self) -> bool:
        """Something is planned: the revision in force is not stopped, and the person has the role."""
        return self.current is not None and not self.current.is_stopped and self.is_held

    @property
    def next_on(self) -> date | None:
        following = self.course.next
        return following.occurrence.on if following else None


def frequency_of(row: ServicePlanRevision | ServicePlanTemplate) -> Frequency:
    return Frequency(Every(row.every), row.number, tuple(row.weekdays), row.day_of_month)


def draft_of(row: ServicePlanRevision, plan: ServicePlan) -> Draft:
    """Return what a revision says, as the row of the form."""
    return Draft(
        plan.person_id,
        plan.seat,
        row.objective,
        row.action,
        Mode(row.mode),
        DayPart(row.day_part),
        frequency_of(row),
        row.is_stopped,
    )


def followed(plans: QuerySet[ServicePlan], *, today: date) -> list[Followed]:
    """Follow each plan from its first day until today, with what lies ahead. Five queries whatever their number."""
    return _follow(list(plans.select_related("unit", "person")), today)


def _follow(rows: Sequence[ServicePlan], today: date) -> list[Followed]:
    if not rows:
        return []
    revisions: dict[int, list[ServicePlanRevision]] = defaultdict(list)
    for row in ServicePlanRevision.objects.filter(plan__in=rows).select_related("by").order_by("revision"):
        revisions[row.plan_id].append(row)
    people = {plan.person_id for plan in rows}
    held = _held(people)
    first = min((row.starts_on for made in revisions.values() for row in made), default=today)
    touches = _touches(people, first, today)
    calendar, tolerance = work_calendar(), int_setting(TOLERANCE)

    def shift(day: date) -> date:
        return day if calendar.is_working(day) else calendar.add(day, 1)

    def one(plan: ServicePlan) -> Followed:
        made = revisions[plan.pk]
        spans = held.get((plan.person_id, Seat(plan.seat)), [])
        told = [
            Revision(row.pk, row.starts_on, Mode(row.mode), frequency_of(row), row.is_stopped) for row in made
        ]
        planned = occurrences(told, today + HORIZON, held=spans, shift=shift)
        began_on = min((row.starts_on for row in made), default=today)
        course = follow(
            planned, touches.get(plan.person_id, ()), began_on=began_on, today=today, tolerance=tolerance
        )
        current = max(
            (row for row in made if row.starts_on <= today),
            key=lambda row: (row.starts_on, row.revision),
            default=None,
        )
        return Followed(
            plan,
            tuple(made),
            current or (made[0] if made else None),
            course,
            measure(course, month_of(today)),
            overdue(course, tolerance=tolerance, revision_id=current.pk if current else None),
            any(today in span or span.first > today for span in spans),
        )

    return [one(plan) for plan in rows]


def _held(people: Collection[int]) -> dict[tuple[int, Seat], list[Period]]:
    """Return (person, seat) → the days on which they had it."""
    found: dict[tuple[int, Seat], list[Period]] = defaultdict(list)
    for role in PersonRole.objects.filter(person__in=people):
        last = role.ended_on - timedelta(days=1) if role.ended_on else date.max
        if role.started_on <= last:
            seat = seat_of(role.role, role.gatekeeper_kind)
            found[role.person_id, seat].append(Period(role.started_on, last))
    return found


def _touches(people: Collection[int], first: date, today: date) -> dict[int, list[Touch]]:
    rows = ContactPerson.objects.filter(person__in=people, contact__on__range=(first, today))
    found: dict[int, list[Touch]] = defaultdict(list)
    names = ("contact_id", "contact__on", "contact__met", "contact__called", "contact__written")
    for person_id, *told in rows.values_list("person_id", *names):
        found[person_id].append(Touch(*told))
    return found


def plans_of(unit: KeyAccount, *, today: date) -> list[Followed]:
    """Return the plans of a unit, those of the decision makers first."""
    order = {seat.value: place for place, seat in enumerate(Seat)}
    found = followed(ServicePlan.objects.filter(unit=unit), today=today)
    return sorted(found, key=lambda one: (not one.is_running, order[one.plan.seat], one.plan.pk))


def seen_of(unit: KeyAccount) -> int:
    """Return the newest revision of the unit's plans: what a page has shown."""
    newest = ServicePlanRevision.objects.filter(plan__unit=unit).aggregate(newest=Max("pk"))["newest"]
    return int(newest or 0)


def holders(unit: KeyAccount, on: date) -> list[tuple[PersonRole, Seat]]:
    """Return who has which role on a day, one row a seat and person."""
    rows = PersonRole.objects.filter(person__unit=unit).on(on).select_related("person")
    found = {
        (role.person_id, seat_of(role.role, role.gatekeeper_kind)): role
        for role in rows.order_by("person_id")
    }
    order = {seat: place for place, seat in enumerate(Seat)}
    return [
        (role, seat)
        for (_pk, seat), role in sorted(found.items(), key=lambda one: (order[one[0][1]], one[0][0]))
    ]


def templates_on(tier: str, on: date) -> dict[str, ServicePlanTemplate]:
    """Return seat → what is proposed for it at units of this tier on a day."""
    rows = ServicePlanTemplate.objects.filter(tier=tier, introduced_on__lte=on)
    running = rows.filter(Q(replaced_on__isnull=True) | Q(replaced_on__gt=on)).order_by("version")
    return {row.seat: row for row in running}


def reviews_of(unit: KeyAccount) -> list[ServicePlanReview]:
    return list(ServicePlanReview.objects.filter(unit=unit).select_related("by").order_by("-on"))


def total(plans: Iterable[Followed], period: Period) -> Measure:
    """Return plan against what was done in a period, of all plans together."""
    counted = Measure()
    for one in plans:
        counted = counted.plus(measure(one.course, period))
    return counted


def is_hot(unit: KeyAccount) -> bool:
    """A focus unit of tier A is reviewed after each visit (S-055, 12-decisions 24)."""
    return unit.tier == Tier.A and unit.is_focus


def reviews_due(unit_ids: Collection[int]) -> dict[int, ReviewDue]:
    """Return unit → when its next review is due, for units with a plan. One query."""
    return {unit.pk: _review_of(unit) for unit in _planned_units().filter(pk__in=unit_ids)}


def reviews_of_owners(users: Sequence[User], day: date) -> dict[int, list[tuple[KeyAccount, ReviewDue]]]:
    """Return user id → reviews due by `day` at their units, the oldest first."""
    found = {
        pk: [(unit, due) for unit in units if (due := _review_of(unit)).on <= day]
        for pk, units in UNITS_REVIEWED(users, day).items()
    }
    return {pk: sorted(due, key=lambda pair: (pair[1].on, pair[0].pk)) for pk, due in found.items() if due}


def _planned_units() -> QuerySet[Any]:
    """Return units with a running plan, with `began` and `reviewed`."""
    latest = ServicePlanReview.objects.filter(unit=OuterRef("pk")).order_by("-on")
    stopped = ServicePlanRevision.objects.filter(plan=OuterRef("pk")).order_by("-starts_on", "-revision")
    running = (
        ServicePlan.objects.filter(unit=OuterRef("pk"))
        .annotate(stopped=Subquery(stopped.values("is_stopped")[:1]))
        .filter(stopped=False)
    )
    return KeyAccount.objects.filter(Exists(running), watched()).annotate(
        began=Min("service_plans__revisions__starts_on"), reviewed=Subquery(latest.values("on")[:1])
    )


def _review_of(unit: Any) -> ReviewDue:
    return review_due(
        began_on=unit.began, reviewed_on=unit.reviewed, visited_on=unit.last_visit_on, is_hot=is_hot(unit)
    )


UNITS_REVIEWED: Ask[Any] = Ask(
    "service_plans.reviewed",
    lambda people, _day: _planned_units().filter(owner__any_of=people).order_by("pk"),
    attrgetter("owner_id"),
)
PLANS_FOLLOWED: Ask[ServicePlan] = Ask(
    "service_plans.plans",
    lambda people, _day: ServicePlan.objects.filter(
        unit__owner__any_of=people, unit__in=KeyAccount.objects.filter(watched())
    ).select_related("unit", "person"),
    attrgetter("unit.owner_id"),
)


def plans_told(unit_ids: Collection[int], today: date) -> dict[int, dict[str, Any]]:
    """Tell the red flags which plans are overdue."""
    found: dict[int, dict[str, Any]] = {}
    for one in followed(ServicePlan.objects.filter(unit__in=unit_ids), today=today):
        if one.overdue is not None and one.is_running:
            told = {
                "id": one.plan.pk,
                "person_id": one.plan.person_id,
                "name": one.plan.person.name,
                "seat": Seat(one.plan.seat),
                "due_on": one.overdue.due_on,
                "since_on": one.overdue.since_on,
                "failed": one.overdue.failed,
            }
            found.setdefault(one.plan.unit_id, {}).setdefault("service_plans", []).append(told)
    return found


def due_of(owners: Collection[int], until: date, *, today: date) -> list[tuple[Followed, date]]:
    """Return what waits, or will by `until`, at units of these owners, with its day; the oldest first."""
    plans = [plan for theirs in PLANS_FOLLOWED.of(frozenset(owners), today).values() for plan in theirs]
    found = [
        (one, one.next_on)
        for one in _follow(plans, today)
        if one.is_running and one.next_on is not None and one.next_on <= until
    ]
    return sorted(found, key=lambda pair: (pair[1], pair[0].plan.unit.tier, pair[0].plan.pk))
