"""The planned day of many people at once, in a fixed number of queries: for Today, the digests and the page of one day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from django.db.models import Count

from accounts.persons.models import PersonRole
from accounts.red_flags.models import RedFlag
from accounts.red_flags.terms import Severity
from accounts.units.models import KeyAccount
from kam.core.clock import department_zone
from kam.search.rules import DOUBLE_SURNAMES
from kam.users.models import User
from visits.appointments.models import Appointment
from visits.appointments.selectors import appointments_between
from visits.plans.models import PlanLine
from visits.plans.terms import PlanState
from visits.preparation.labels import ADVICE
from visits.preparation.selectors.meeting import answered_groups, seat_name

#: A card shows no more than the worst few.
FLAGS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody to meet: `called` is family name and post, as mails say it (12-decisions 28)."""

    pk: int
    name: str
    post: str
    called: str
    roles: str
    advice: Any


@dataclass(slots=True)
class DayItem:
    """One planned visit, call or appointment."""

    start: time
    end: time
    title: str
    purpose: str
    mode: str
    unit: KeyAccount | None = None
    line: PlanLine | None = None
    appointment: Appointment | None = None
    people: list[Met] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    flags: list[tuple[str, str, str]] = field(default_factory=list)
    answered: int = 0
    is_unapproved: bool = False

    @property
    def goes_id(self) -> int | None:
        """Who makes the visit."""
        if self.line is not None:
            return self.line.plan.user_id
        return self.appointment.user_id if self.appointment else None

    @property
    def state(self) -> str:
        """done, pending (not approved), confirmed, or planned."""
        if self.line is not None and self.line.state == "done":
            return "done"
        if self.is_unapproved:
            return "pending"
        return "confirmed" if self.appointment and self.appointment.state == "confirmed" else "planned"


@dataclass(slots=True)
class DayPlan:
    """A person's planned day in the order of the clock."""

    items: list[DayItem] = field(default_factory=list)

    @property
    def visits(self) -> int:
        return sum(
            1 for item in self.items if item.unit is not None and item.mode not in {"phone", "written"}
        )


def addressed(name: str, post: str) -> str:
    """Return family name and post: 许志远, 会长 → 许会长."""
    family = name[:2] if name[:2] in DOUBLE_SURNAMES else name[:1]
    return (
        f"{family}{post}"
        if post and not name.isascii()
        else f"{name.rsplit(maxsplit=1)[-1] if name.split() else name} {post}".strip()
    )


def day_plans(users: Collection[User], day: date) -> dict[int, DayPlan]:
    """Return user → the planned day; people without anything are absent. Eight queries however many people."""
    lines = _lines(users, day)
    shown = list(appointments_between(users, day, day).open())
    by_line = {row.plan_line_id: row for row in shown if row.plan_line_id}
    loose = [row for row in shown if row.plan_line_id is None]
    units = {line.unit_id for line in lines if line.unit_id} | {row.unit_id for row in loose}
    roles, flags = _roles(units), _flags(units)
    answered = answered_groups(lines)
    plans: dict[int, DayPlan] = defaultdict(DayPlan)
    for line in lines:
        item = _of_line(line, by_line.get(line.pk), roles, answered.get(line.pk, 0))
        item.flags = flags.get(line.unit_id or 0, [])
        plans[line.plan.user_id].items.append(item)
    for row in loose:
        item = _of_appointment(row, roles)
        item.flags = flags.get(row.unit_id, [])
        plans[row.user_id].items.append(item)
    for plan in plans.values():
        plan.items.sort(key=lambda item: item.start)
    return dict(plans)


def _lines(users: Collection[User], day: date) -> list[PlanLine]:
    rows = PlanLine.objects.standing().of_live_plans().filter(plan__user__in=users, day=day)
    return list(rows.select_related("plan", "unit", "vehicle").prefetch_related("persons"))


def _roles(units: Collection[int]) -> dict[int, list[PersonRole]]:
    found: dict[int, list[PersonRole]] = defaultdict(list)
    for role in PersonRole.objects.filter(person__unit__in=units, ended_on__isnull=True):
        found[role.person_id].append(role)
    return found


def _flags(units: Collection[int]) -> dict[int, list[tuple[str, str, str]]]:
    found: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    rows = (
        RedFlag.objects.open()
        .filter(unit__in=units)
        .select_related("person")
        .order_by("-severity", "since_on")
    )
    for flag in rows:
        tone = "danger" if flag.severity == Severity.DANGER else "warn"
        if len(found[flag.unit_id]) < FLAGS_SHOWN:
            found[flag.unit_id].append(
                (tone, str(flag.get_kind_display()), flag.person.name if flag.person else "")
            )
    return found


def _people(persons: Iterable[Any], roles: dict[int, list[PersonRole]]) -> list[Met]:
    return [
        Met(
            pk=person.pk,
            name=person.name,
            post=person.post,
            called=addressed(person.name, person.post),
            roles=", ".join(seat_name(r.role, r.gatekeeper_kind) for r in roles.get(person.pk, [])),
            advice=ADVICE.get(person.style, ADVICE[""]),
        )
        for person in persons
    ]


def _of_line(
    line: PlanLine, appointment: Appointment | None, roles: dict[int, list[PersonRole]], answered: int
) -> DayItem:
    approved = line.approval == PlanState.APPROVED if line.is_supplement else line.plan.is_approved
    return DayItem(
        start=line.start,
        end=line.end,
        title=line.title,
        purpose=line.purpose if line.unit_id else "",
        mode=line.mode,
        unit=line.unit,
        line=line,
        appointment=appointment,
        people=_people(line.persons.all(), roles),
        questions=line.outline,
        answered=answered,
        is_unapproved=not approved,
    )


def _of_appointment(row: Appointment, roles: dict[int, list[PersonRole]]) -> DayItem:
    if row.starts_at is None or row.ends_at is None:
        raise ValueError("only booked appointments have a day")
    zone = department_zone()
    return DayItem(
        start=row.starts_at.astimezone(zone).time(),
        end=row.ends_at.astimezone(zone).time(),
        title=row.unit.name,
        purpose=row.topic,
        mode="visit",
        unit=row.unit,
        appointment=row,
        people=_people([row.person] if row.person else [], roles),
    )


def visits_planned(users: Sequence[User], day: date) -> dict[int, int]:
    """Return user → planned visits in person on that day."""
    rows = (
        PlanLine.objects.standing().of_live_plans().filter(plan__user__in=users, day=day, unit__isnull=False)
    )
    rows = rows.exclude(mode__in=["phone", "written"])
    return dict(rows.values_list("plan__user").annotate(n=Count("pk")).order_by())


def next_day_planned(users: Sequence[User], day: date) -> set[int]:
    """Return who has anything planned on `day`."""
    rows = PlanLine.objects.standing().of_live_plans().filter(plan__user__in=users, day=day)
    return set(rows.values_list("plan__user", flat=True))


def visits_due(unit_ids: Collection[int], today: date) -> dict[int, dict[str, Any]]:
    """Return unit → visits planned for today, for the red flag "no question outline"."""
    found: dict[int, dict[str, Any]] = defaultdict(lambda: {"visits_due": []})
    rows = PlanLine.objects.standing().of_live_plans().filter(unit__in=unit_ids, day=today)
    for line in rows.only("pk", "unit_id", "day", "questions", "purpose"):
        found[line.unit_id or 0]["visits_due"].append(
            {
                "key": f"plan_line:{line.pk}",
                "on": line.day,
                "has_outline": bool(line.outline),
                "label": line.purpose,
            }
        )
    return dict(found)
