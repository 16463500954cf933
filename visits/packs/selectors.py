"""Promises of both sides by unit, and what the briefing pack of a unit holds. Rights: those of the unit."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import CharField, F, Q, QuerySet
from django.db.models.functions import Cast, TruncDate
from django.utils.translation import get_language

from accounts.charts.documents import shown_flow, unit_map
from accounts.charts.selectors import flow_on
from accounts.units.models import KeyAccount
from kam.core.clock import business_date, department_zone
from kam.core.sentences import listed
from kam.notes.models import Task
from kam.notes.terms import TaskKind
from kam.pdf.terms import FAMILIES
from kam.users.models import User
from visits.packs.labels import SIDES
from visits.packs.rules import kept_percent, standing_of
from visits.packs.terms import Standing
from visits.plans.models import PlanLine
from visits.plans.terms import LineState
from visits.preparation.selectors import carried_questions, file_of, meetings, suggested_questions
from visits.preparation.selectors.day import addressed
from visits.preparation.selectors.meeting import Meeting
from visits.visits.models import Visit

_KINDS = tuple(kind.value for kind in SIDES)
UNIT = "accounts.unit"
#: The pack is one sheet of paper: what does not fit stands in the record.
MOST_PERSONS, MOST_FLAGS, MOST_PROMISES, MOST_QUESTIONS, LAST_VISITS, TEXT = 9, 8, 6, 8, 3, 260


def _promises() -> Any:
    rows = Task.objects.filter(kind__in=_KINDS, subject_kind=UNIT)
    return rows.annotate(done_on=TruncDate("done_at", tzinfo=department_zone()))


def promises_seen(user: User) -> QuerySet[Task]:
    """Return the promises about units whose record `user` may open."""
    units = KeyAccount.objects.visible_to(user).order_by()
    ids = units.annotate(key=Cast("pk", CharField())).values("key")
    rows: QuerySet[Task] = _promises().filter(subject_id__in=ids)
    return rows


def promises_of(unit: KeyAccount) -> QuerySet[Task]:
    rows: QuerySet[Task] = _promises().filter(subject_id=str(unit.pk))
    return rows


def standing(task: Any, today: date) -> Standing:
    """Return what became of a promise of these querysets."""
    return standing_of(task.due_on, task.done_on, today=today)


def in_standing(rows: QuerySet[Any], wanted: str, today: date) -> QuerySet[Any]:
    """Return the promises of one standing; says the same as the rule does of each row."""
    in_time = Q(due_on__isnull=True) | Q(done_on__lte=F("due_on"))
    asked = {
        Standing.OPEN: Q(done_at__isnull=True) & (Q(due_on__isnull=True) | Q(due_on__gte=today)),
        Standing.BROKEN: Q(done_at__isnull=True, due_on__lt=today),
        Standing.KEPT: Q(done_at__isnull=False) & in_time,
        Standing.LATE: Q(done_at__isnull=False) & ~in_time,
    }
    return rows.filter(asked[Standing(wanted)])


@dataclass(frozen=True, slots=True)
class Tally:
    """How one side keeps its promises."""

    label: Any
    counts: dict[str, int]
    percent: Decimal | None


def tallies(user: User) -> list[Tally]:
    """Return what became of the promises of each side; one statement."""
    today = business_date()
    found: dict[str, Counter[Standing]] = {kind: Counter() for kind in _KINDS}
    rows: Any = promises_seen(user).order_by()  # annotated with the day it was done
    for kind, due_on, done_on in rows.values_list("kind", "due_on", "done_on"):
        found[kind][standing_of(due_on, done_on, today=today)] += 1
    return [
        Tally(
            SIDES[TaskKind(kind)],
            {one.value: counts[one] for one in Standing},
            kept_percent(counts.elements()),
        )
        for kind, counts in found.items()
    ]


@dataclass(frozen=True, slots=True)
class LastVisit:
    """A visit as the pack tells it."""

    on: date
    who: str
    met: str
    text: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything the pack shows, cut to what two pages hold."""

    unit: KeyAccount
    line: PlanLine | None
    people: list[Meeting]
    more_people: int
    missing: list[str]
    flags: list[Any]
    visits: list[LastVisit]
    ours: list[Task]
    theirs: list[Task]
    questions: list[str]
    map: Any
    flow: Any
    family: str


def next_line(unit: KeyAccount, user: User) -> PlanLine | None:
    """Return the next planned visit to the unit, of the plans that `user` may read."""
    rows = PlanLine.objects.visible_to(user).of_live_plans().standing()
    rows = rows.filter(unit=unit, day__gte=business_date(), state=LineState.PLANNED)
    return rows.select_related("plan__user").order_by("day", "start", "pk").first()


def pack_of(unit: KeyAccount, user: User) -> Pack:
    """Read the pack of a unit: a fixed number of statements."""
    today, line = business_date(), next_line(unit, user)
    file = file_of(unit)
    people = sorted(meetings(file, line), key=lambda one: (not one.is_wanted, not one.roles, one.person.pk))
    open_ones = list(
        promises_of(unit).filter(done_at__isnull=True).order_by(F("due_on").asc(nulls_last=True), "pk")
    )
    asked = [*line.outline, *suggested_questions(file, line, carried_questions(line))] if line else []
    return Pack(
        unit=unit,
        line=line,
        people=people[:MOST_PERSONS],
        more_people=max(len(people) - MOST_PERSONS, 0),
        missing=file.missing,
        flags=file.flags[:MOST_FLAGS],
        visits=_last_visits(unit, user),
        ours=[task for task in open_ones if task.kind == TaskKind.PROMISE][:MOST_PROMISES],
        theirs=[task for task in open_ones if task.kind == TaskKind.THEIR_PROMISE][:MOST_PROMISES],
        questions=(asked or suggested_questions(file, None, ""))[:MOST_QUESTIONS],
        map=unit_map(unit, on=today),
        flow=shown_flow(flow_on(unit, today)),
        family=FAMILIES[get_language() or "en"][0],
    )


def _last_visits(unit: KeyAccount, user: User) -> list[LastVisit]:
    rows = (
        Visit.objects.visible_to(user)
        .filter(unit=unit)
        .select_related("user")
        .prefetch_related("persons_met__person")
    )
    return [
        LastVisit(
            visit.on,
            visit.user.name,
            listed(addressed(met.person.name, met.person.post) for met in visit.persons_met.all()),
            visit.summary[:TEXT] + ("…" if len(visit.summary) > TEXT else ""),
            visit.next_step,
        )
        for visit in rows.order_by("-on", "-pk")[:LAST_VISITS]
    ]
