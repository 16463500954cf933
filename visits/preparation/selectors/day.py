"""The planned day of many people at once, in a fixed number of queries: for Today, the digests and the page of one day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from operator import attrgetter
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, QuerySet, Value
from django.db.models.functions import JSONObject

from accounts.persons.models import Person, PersonRole
from accounts.red_flags.models import RedFlag
from accounts.red_flags.terms import FlagKind, Severity
from accounts.units.models import KeyAccount
from kam.core.clock import department_zone
from kam.core.sentences import listed
from kam.search.rules import DOUBLE_SURNAMES
from kam.today.asks import Ask, Tally
from kam.users.models import User
from kam.users.scopes import Scope, know_scopes, scope_of
from visits.appointments.models import Appointment
from visits.appointments.selectors import booked, day_bounds
from visits.plans.models import PlanLine
from visits.plans.terms import PlanState
from visits.preparation.labels import ADVICE
from visits.preparation.models import SelfAnswer
from visits.preparation.selectors.meeting import groups_answered, seat_name

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
    #: Whether the file of the unit is open to whoever looks.
    opens: bool = True

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
    """Return user → the planned day; people without anything are absent. Two queries however many people."""
    ids = frozenset(user.pk for user in users)
    lines = [line for mine in LINES.of(ids, day).values() for line in mine]
    shown = [row for mine in APPOINTMENTS.of(ids, day).values() for row in mine]
    by_line = {row.plan_line_id: row for row in shown if row.plan_line_id}
    loose = [row for row in shown if row.plan_line_id is None]
    plans: dict[int, DayPlan] = defaultdict(DayPlan)
    for line in lines:
        plans[line.plan.user_id].items.append(_of_line(line, by_line.get(line.pk)))
    for row in loose:
        plans[row.user_id].items.append(_of_appointment(row))
    for plan in plans.values():
        plan.items.sort(key=lambda item: item.start)
    return dict(plans)


def day_seen(owner: User, day: date, *, reader: User) -> DayPlan:
    """Return the planned day of one person as `reader` may see it: of a plan made in another team only what is at units one sees.

    The red flags of a unit are shown to whoever sees the unit.
    """
    plan, scope = day_plans([owner], day).get(owner.pk) or DayPlan(), scope_of(reader)
    plan.items = [item for item in plan.items if _is_seen(item, scope)]
    _close_what_moved(plan, reader)
    return plan


def own_days(users: Collection[User], day: date) -> dict[int, DayPlan]:
    """Return user → the planned day as each may see their own: of a unit that moved on only what they planned themselves."""
    plans = day_plans(users, day)
    planning = [user for user in users if user.pk in plans]
    know_scopes(user for user in planning if any(_is_other_s(item, user) for item in plans[user.pk].items))
    for user in planning:
        _close_what_moved(plans[user.pk], user)
    return plans


def _is_other_s(item: DayItem, user: User) -> bool:
    return item.unit is not None and item.unit.owner_id != user.pk


def _close_what_moved(plan: DayPlan, reader: User) -> None:
    """Keep the unit's flags, the seats of its people and what leads into its file from whoever does not see it."""
    for item in plan.items:
        if _is_other_s(item, reader) and not _sees_unit(item, scope_of(reader)):
            item.flags, item.opens = [], False
            item.people = [replace(met, roles="", advice="") for met in item.people]


def _is_seen(item: DayItem, scope: Scope) -> bool:
    made = item.line.plan if item.line is not None else item.appointment
    is_theirs = made is not None and scope.covers(made.user_id, made.team_id)
    return is_theirs or _sees_unit(item, scope)


def _sees_unit(item: DayItem, scope: Scope) -> bool:
    return item.unit is not None and scope.covers(item.unit.owner_id, item.unit.team_id)


def _line_rows(people: Any, day: date) -> QuerySet[Any]:
    """Return lines with `met`, `told` (their unit's flags) and `answers`, all in one statement."""
    rows = PlanLine.objects.standing().of_live_plans()
    rows = rows.filter(plan__user__any_of=people, day=day)
    given = SelfAnswer.objects.filter(sheet__line=OuterRef("pk")).exclude(text="")
    persons = Person.objects.filter(plan_lines=OuterRef("pk"))
    return rows.select_related("plan", "unit", "vehicle").annotate(
        met=_met(persons), told=_flags_of("unit"), answers=ArraySubquery(given.values("question"))
    )


def _appointment_rows(people: Any, day: date) -> QuerySet[Any]:
    """Return open appointments with `met` and `told`, in one statement."""
    rows = booked(people, *day_bounds(day, day)).open()
    return rows.annotate(met=_met(Person.objects.filter(pk=OuterRef("person"))), told=_flags_of("unit"))


LINES: Ask[Any] = Ask("visits.lines", _line_rows, attrgetter("plan.user_id"))
APPOINTMENTS: Ask[Any] = Ask("visits.appointments", _appointment_rows)


def _met(persons: QuerySet[Person]) -> ArraySubquery:
    roles = PersonRole.objects.filter(person=OuterRef("pk"), ended_on__isnull=True)
    seats = ArraySubquery(roles.values(seat=JSONObject(role="role", kind="gatekeeper_kind")))
    shown = JSONObject(pk="pk", name="name", post="post", style="style", seats=seats)
    return ArraySubquery(persons.order_by("unit_id", "pk").values(shown=shown))


def _flags_of(unit: str) -> ArraySubquery:
    # that an outline is missing is said by the line that lacks it, not by its neighbours at the same unit
    rows = RedFlag.objects.open().exclude(kind=FlagKind.NO_OUTLINE)
    rows = rows.filter(unit=OuterRef(unit)).order_by("-severity", "since_on")
    shown = JSONObject(severity="severity", kind="kind", evidence="evidence", person="person__name")
    return ArraySubquery(rows.values(shown=shown)[:FLAGS_SHOWN])


def _people(rows: Iterable[Mapping[str, Any]]) -> list[Met]:
    return [
        Met(
            pk=row["pk"],
            name=row["name"],
            post=row["post"],
            called=addressed(row["name"], row["post"]),
            roles=listed(seat_name(seat["role"], seat["kind"]) for seat in row["seats"]),
            advice=ADVICE.get(row["style"], ADVICE[""]),
        )
        for row in rows
    ]


def _flags(rows: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    return [
        (
            "danger" if row["severity"] == Severity.DANGER else "warn",
            RedFlag(kind=row["kind"], evidence=row["evidence"]).words,
            row["person"] or "",
        )
        for row in rows
    ]


def _of_line(line: Any, appointment: Appointment | None) -> DayItem:
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
        people=_people(line.met),
        questions=line.outline,
        flags=_flags(line.told),
        answered=groups_answered(line.answers),
        is_unapproved=not approved,
    )


def _of_appointment(row: Any) -> DayItem:
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
        people=_people(row.met),
        flags=_flags(row.told),
    )


def _planned(people: Collection[int], day: date) -> QuerySet[PlanLine, Any]:
    rows = PlanLine.objects.standing().of_live_plans().filter(plan__user__any_of=people, day=day)
    return rows.order_by().values_list("plan__user").annotate(of=Value(0), n=Count("pk"))


def _planned_visits(people: Collection[int], day: date) -> QuerySet[PlanLine, Any]:
    return _planned(people, day).filter(unit__isnull=False).exclude(mode__in=["phone", "written"])


#: Whatever is planned on that day; nobody without anything is in the answer.
PLANNED = Tally("visits.planned", _planned)
#: Planned visits in person on that day.
PLANNED_VISITS = Tally("visits.planned_visits", _planned_visits)


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
