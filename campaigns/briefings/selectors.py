"""Reads of briefings: the steps with what may be done, statistics, return visits, warnings, what is due for many people at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from operator import attrgetter
from typing import Any

from django.db.models import BigIntegerField, Count, Exists, Func, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.units.models import KeyAccount
from campaigns.briefings.labels import PROBLEM_LABELS, ROLE_LABELS, STEP_LABELS
from campaigns.briefings.models import Attendee, Briefing, BriefingItem, BriefingStaff, BriefingStep
from campaigns.briefings.rules import (
    REVERSIBLE,
    Came,
    Facts,
    Statistics,
    staff_missing,
    statistics_of,
    step_problem,
    without_return,
)
from campaigns.briefings.terms import BriefingState, StaffRole, Step
from campaigns.campaigns.models import Campaign
from campaigns.materials.models import Material
from campaigns.prospects.terms import WILLING, Intention
from kam.core.clock import business_date, department_zone, moment
from kam.core.days import say_day
from kam.core.periods import Period
from kam.core.sentences import listed
from kam.today.asks import Ask
from kam.users.models import User
from visits.plans.registry import BoardEntry, Proposal
from visits.visits.models import Visit

#: So long after a briefing its return visits are still proposed.
_DAYS = 90
_MIDNIGHT = time()


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One of the seven: done by whom and when, or why it cannot be done now ("" where it can)."""

    step: Step
    label: Any
    done: BriefingStep | None
    problem: str
    is_next: bool
    can_undo: bool


def came_of(attendees: Iterable[Attendee]) -> list[Came]:
    """Return what the statistics ask of those who came."""
    return [Came(Intention(a.intention), a.department, a.joined, a.return_on) for a in attendees]


def facts_of(briefing: Briefing, done: int, came: Sequence[Came]) -> Facts:
    state = BriefingState(briefing.state)
    return Facts(state, briefing.day, business_date(), done, len(came), without_return(came))


def steps_of(briefing: Briefing, came: Sequence[Came]) -> list[ShownStep]:
    """Return the seven steps; one statement."""
    done = {row.step: row for row in briefing.steps.select_related("done_by")}
    facts = facts_of(briefing, len(done), came)
    return [_shown(step, done, facts) for step in Step]


def _shown(step: Step, done: dict[int, BriefingStep], facts: Facts) -> ShownStep:
    is_next = step == facts.done + 1
    problem = step_problem(step, facts) if is_next else None
    can_undo = step == facts.done and step in REVERSIBLE
    said = str(PROBLEM_LABELS[problem]) if problem else ""
    return ShownStep(step, STEP_LABELS[step], done.get(step), said, is_next, can_undo)


def statistics(briefing: Briefing, came: Sequence[Came]) -> Statistics:
    return statistics_of(came, briefing.expected_count)


def warnings_of(briefing: Briefing) -> list[str]:
    """Return what should be seen to before the day: materials not in place (S-181), people missing to the norm."""
    if briefing.state not in {BriefingState.PENDING, BriefingState.APPROVED, BriefingState.PREPARED}:
        return []
    told = []
    rows = Material.objects.filter(campaign=briefing.campaign, in_place_on__isnull=True)
    if names := list(rows.order_by("place").values_list("name", flat=True)):
        told.append(_("Promotional materials not in place yet: %(names)s.") % {"names": listed(names)})
    if briefing.state == BriefingState.PREPARED:
        roles = [StaffRole(row.role) for row in briefing.staff.all()]
        lacking = [f"{ROLE_LABELS[role]} × {n}" for role, n in staff_missing(roles).items()]
        if lacking:
            told.append(_("Missing to the norm: %(people)s.") % {"people": listed(lacking)})
    return told


def takes_part(user: User, briefing: Briefing) -> bool:
    return BriefingStaff.objects.filter(briefing=briefing, person=user).exists()


def returned_on(briefing: Briefing) -> date | None:
    """Return the day of the first visit held at the unit after the briefing."""
    rows = Visit.objects.held().filter(unit_id=briefing.unit_id, on__gt=briefing.day)
    found: date | None = rows.aggregate(first=Min("on"))["first"]
    return found


def briefings_of(unit: KeyAccount) -> list[Briefing]:
    """Return the briefings of a unit, newest first, with how many came and how many want something."""
    rows = with_numbers(Briefing.objects.filter(unit=unit).select_related("campaign", "owner"))
    return list(rows[:50])


def with_numbers(rows: QuerySet[Briefing]) -> QuerySet[Briefing]:
    """With `came` and `willing`."""
    wanting = Q(attendees__intention__in=list(WILLING))
    return rows.annotate(came=Count("attendees"), willing=Count("attendees", filter=wanting))


def held_by_unit(campaign: Campaign, user: User) -> dict[int, int]:
    """Return unit → briefings held in a campaign, of the units that one sees."""
    rows = Briefing.objects.held().filter(campaign=campaign, unit__in=KeyAccount.objects.visible_to(user))
    return dict(rows.order_by().values_list("unit").annotate(n=Count("pk")))


def return_proposals(people: Sequence[User], week: Period) -> list[Proposal]:
    """Return the units whose briefing was held and that nobody visited since, with a return visit due by the end of this week."""
    seen = Visit.objects.held().filter(unit=OuterRef("unit"), on__gt=OuterRef("starts_at__date"))
    due = Q(attendees__return_on__lte=week.last)
    rows = (
        Briefing.objects.held()
        .filter(~Exists(seen), due, unit__owner__any_of=[person.pk for person in people])
        .filter(starts_at__gte=moment(week.first - timedelta(days=_DAYS), _MIDNIGHT))
        .select_related("unit")
        .annotate(people=Count("attendees", filter=due), first=Min("attendees__return_on", filter=due))
        .order_by("first", "pk")
    )
    return [_proposal(row, business_date()) for row in rows]


def _proposal(row: Any, today: date) -> Proposal:
    return Proposal(
        kind="briefing",
        user_id=row.unit.owner_id,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        tier=row.unit.tier,
        text=_("return visit after the briefing: %(people)s people") % {"people": row.people},
        detail=_("%(number)s, due %(day)s") % {"number": row.number, "day": say_day(row.first)},
        is_urgent=row.first < today,
        icon="presentation",
        purpose=_("Return visit after the briefing %(number)s") % {"number": row.number},
    )


def board_entries(user: User, week: Period, reader: User) -> Iterable[BoardEntry]:
    """Return the week's briefings in which a person takes part, or that are theirs."""
    zone = department_zone()
    start, end = moment(week.first, _MIDNIGHT), moment(week.last + timedelta(days=1), _MIDNIGHT)
    mine = Q(owner=user) | Q(pk__in=BriefingStaff.objects.filter(person=user).values("briefing"))
    seen = Briefing.objects.visible_to(reader).going_on()
    rows = seen.filter(mine, starts_at__gte=start, starts_at__lt=end)
    for row in rows.select_related("unit").order_by("starts_at"):
        first, last = localtime(row.starts_at, zone), localtime(row.ends_at, zone)
        yield BoardEntry(
            kind="briefing",
            day=first.date(),
            start=first.time(),
            end=last.time(),
            title=row.unit.name,
            text=" · ".join((_("Product briefing"), row.place)),
            url=row.get_absolute_url(),
            tier=row.unit.tier,
        )


def _due(people: Any, day: date) -> QuerySet[Briefing]:
    soon = moment(day + timedelta(days=8), _MIDNIGHT)
    states = (BriefingState.APPROVED, BriefingState.PREPARED, BriefingState.HELD)
    rows = Briefing.objects.filter(owner__any_of=people, state__in=states, starts_at__lt=soon)
    return rows.select_related("unit").order_by("starts_at", "pk")


#: Briefings of a person that are to be prepared, take place within a week, or wait for their count and return visits.
BRIEFINGS_DUE: Ask[Briefing] = Ask("briefings.due", _due, attrgetter("owner_id"))


def _for_the_clerk(people: Any, day: date) -> QuerySet[Briefing]:
    """Every briefing of the next week once for each of the people: the clerk's keys open for all of them."""
    start, end = moment(day, _MIDNIGHT), moment(day + timedelta(days=8), _MIDNIGHT)
    states = (BriefingState.APPROVED, BriefingState.PREPARED)
    items = BriefingItem.objects.filter(briefing=OuterRef("pk")).order_by().values("briefing")
    each = Func(people, template="unnest(%(expressions)s::bigint[])", output_field=BigIntegerField())
    rows = Briefing.objects.filter(state__in=states, starts_at__gte=start, starts_at__lt=end)
    rows = rows.annotate(things=Coalesce(Subquery(items.annotate(n=Count("pk")).values("n")), 0), clerk=each)
    return rows.select_related("unit").order_by("starts_at", "pk")


#: Briefings of the next week for the clerk, who brings out what was reserved: `things` says how many.
BRIEFINGS_TO_EQUIP: Ask[Briefing] = Ask("briefings.to_equip", _for_the_clerk, attrgetter("clerk"))
