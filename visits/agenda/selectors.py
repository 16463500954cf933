"""The page of the calendar: whose days, which days, what stands on each. A fixed number of statements, however many people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kam.calendar.rules import WorkCalendar
from kam.calendar.selectors import work_calendar
from kam.calendar.terms import DayKind
from kam.core.clock import business_date, department_zone
from kam.core.periods import Period, month_of
from kam.users.models import Membership, User
from kam.users.scopes import Reach, scope_of, teams_seen_by
from kam.users.terms import Position
from visits.agenda.registry import Asked, Entry, entries_for
from visits.agenda.rules import (
    FIRST_MINUTE,
    LAST_MINUTE,
    Drawn,
    beside,
    drawn_at,
    due_week,
    hand_at,
    neighbours,
    part_of_day,
    span_of,
)
from visits.agenda.terms import Look, PartOfDay
from visits.plans.permissions import can_plan_for
from visits.plans.registry import Proposal
from visits.plans.selectors import due_of_people, people_to_plan_for

ME, ALL = "me", "all"
#: A cell of the month says no more than this; the rest is counted and stands on the page of the day.
SHOWN_IN_CELL = 4
SHOWN_PROPOSALS = 8
#: Of several people the most urgent ones of each; the rest stands on the calendar of the person.
SHOWN_OF_EACH = 5
#: Of more people than this nobody reads whose is what: a department is shown team by team, and a team without what is due of each.
MOST_AT_ONCE = 40


@dataclass(slots=True)
class Whose:
    """Whose calendar is looked at, and whose else might be."""

    value: str
    people: list[User]
    groups: list[tuple[str, Any]]
    persons: list[User]
    #: The department is too large to be shown at once.
    is_by_team: bool = False

    @property
    def one(self) -> User | None:
        """The one person whose days these are, None for several."""
        return self.people[0] if len(self.people) == 1 else None


@dataclass(slots=True)
class AgendaDay:
    """One day with what stands on it."""

    day: date
    is_working: bool
    is_today: bool
    is_over: bool
    is_outside: bool
    note: str
    entries: list[Entry] = field(default_factory=list)
    names: Mapping[int, str] = field(default_factory=dict)

    @property
    def rows(self) -> list[tuple[Entry, str]]:
        """Return each entry with whose it is, where several people are shown."""
        names = self.names if len(self.names) > 1 else {}
        return [(entry, names.get(entry.user_id, "")) for entry in self.entries]

    @property
    def shown(self) -> list[Entry]:
        return self.entries[:SHOWN_IN_CELL]

    @property
    def more(self) -> int:
        return max(len(self.entries) - SHOWN_IN_CELL, 0)


@dataclass(frozen=True, slots=True)
class Lane:
    """One person's days of the week."""

    person: User
    days: list[AgendaDay]


@dataclass(frozen=True, slots=True)
class DueOf:
    """What is due of one person and not planned."""

    person: User
    proposals: Sequence[Proposal]

    @property
    def shown(self) -> Sequence[Proposal]:
        return self.proposals[:SHOWN_OF_EACH]

    @property
    def more(self) -> int:
        return max(len(self.proposals) - SHOWN_OF_EACH, 0)

    @property
    def urgent(self) -> int:
        return sum(1 for one in self.proposals if one.is_urgent)


@dataclass(frozen=True, slots=True)
class Block:
    """An entry at its hours."""

    entry: Entry
    at: Drawn

    @property
    def hour(self) -> int:
        return self.at.first // 60

    @property
    def minute(self) -> int:
        return self.at.first % 60

    @property
    def length(self) -> int:
        return self.at.last - self.at.first

    @property
    def hours_long(self) -> int:
        return self.length // 60

    @property
    def minutes_long(self) -> int:
        return self.length % 60


@dataclass(slots=True)
class HourColumn:
    """One column of the grid: a day, or one of several people on the chosen day."""

    day: AgendaDay
    person: User
    is_named: bool = False
    now: tuple[int, int] | None = None
    parts: Mapping[PartOfDay, list[Entry]] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)

    @property
    def whole(self) -> list[Entry]:
        return self.parts[PartOfDay.WHOLE]

    @property
    def early(self) -> list[Entry]:
        return self.parts[PartOfDay.EARLY]

    @property
    def late(self) -> list[Entry]:
        return self.parts[PartOfDay.LATE]


@dataclass(slots=True)
class Agenda:
    """Everything the page shows."""

    look: Look
    on: date
    whose: Whose
    span: Period
    days: list[AgendaDay]
    lanes: list[Lane]
    columns: list[HourColumn]
    back: date
    ahead: date
    working: int
    begun: int | None
    proposals: list[Proposal]
    more_proposals: int
    may_plan: bool
    due_of_each: list[DueOf]
    too_many_for_due: bool

    @property
    def chosen_days(self) -> list[AgendaDay]:
        """The chosen day, as the list below a month on a phone draws it."""
        return [day for day in self.days if day.day == self.on]

    @property
    def hours(self) -> list[int]:
        """The hours that stand beside the grid."""
        return list(range(FIRST_MINUTE // 60, LAST_MINUTE // 60))

    @property
    def has_early(self) -> bool:
        return any(column.early for column in self.columns)

    @property
    def has_late(self) -> bool:
        return any(column.late for column in self.columns)

    @property
    def has_entries(self) -> bool:
        return any(day.entries for day in self.days)

    @property
    def rest_days(self) -> list[AgendaDay]:
        """Days that differ from an ordinary week: holidays, and weekends on which we work."""
        return [day for day in self.days if day.note]


def whose_of(reader: User, value: str) -> Whose | None:
    """Return whose calendar `value` means for this reader; None for somebody whose rows they do not see."""
    persons = people_to_plan_for(reader)
    groups: list[tuple[str, Any]] = []
    if any(person.pk == reader.pk for person in persons):
        groups.append((ME, _("Me")))
    reach = scope_of(reader).reach
    teams = list(teams_seen_by(reader)) if reach in {Reach.TEAM, Reach.DEPARTMENT} else []
    groups += [(f"team-{team.pk}", team.name) for team in teams]
    is_by_team = reach is Reach.DEPARTMENT and len(persons) > MOST_AT_ONCE
    if reach is Reach.DEPARTMENT and not is_by_team:
        groups.append((ALL, _("Department")))
    if not value or (value == ALL and is_by_team):
        value = _default(reader, [key for key, _label in groups], persons)
    people = _people(reader, value, persons, [f"team-{team.pk}" for team in teams], reach)
    return None if people is None else Whose(value, people, groups, persons, is_by_team)


def _default(reader: User, groups: Sequence[str], persons: Sequence[User]) -> str:
    """Who visits opens the own days; who leads those of the department, of a team, else of somebody."""
    if reader.position in {Position.SPECIALIST, Position.TEAM_LEAD}:
        return ME
    if ALL in groups:
        return ALL
    return next(
        (key for key in groups if key != ME), ME if ME in groups or not persons else str(persons[0].pk)
    )


def _people(
    reader: User, value: str, persons: list[User], teams: list[str], reach: Reach
) -> list[User] | None:
    if value == ME:
        return [person for person in persons if person.pk == reader.pk] or None
    if value == ALL:
        return persons if reach is Reach.DEPARTMENT else None
    if value in teams:
        rows = Membership.objects.filter(team=int(value.removeprefix("team-")), ended_on__isnull=True)
        members = set(rows.values_list("user_id", flat=True))
        return [person for person in persons if person.pk in members]
    return [person for person in persons if str(person.pk) == value] or None


def agenda_of(reader: User, whose: Whose, *, look: Look, on: date) -> Agenda:
    """Return the page that `reader` sees of these people around the day `on`."""
    span, today = span_of(look, on), business_date()
    people = tuple(person.pk for person in whose.people)
    entries = entries_for(Asked(reader, people, span))
    calendar = work_calendar()
    month = month_of(on) if look is Look.MONTH else span
    days = _days(span, month, calendar, entries)
    for day in days:
        day.names = {person.pk: person.name for person in whose.people}
    back, ahead = neighbours(look, on)
    working = list(calendar.working_days(month.first, month.last))
    may_plan, due = _due(reader, whose, span, today)
    proposals = due[0].proposals if whose.one and due else []
    lanes = _lanes(span, calendar, whose.people, entries) if look in {Look.WEEK, Look.DAY} else []
    return Agenda(
        look=look,
        on=on,
        whose=whose,
        span=span,
        days=days,
        lanes=lanes if look is Look.WEEK and whose.one is None else [],
        columns=_columns(lanes),
        back=back,
        ahead=ahead,
        working=len(working),
        begun=sum(1 for day in working if day <= today) if month.first <= today <= month.last else None,
        proposals=list(proposals[:SHOWN_PROPOSALS]),
        more_proposals=max(len(proposals) - SHOWN_PROPOSALS, 0),
        may_plan=may_plan,
        due_of_each=[] if whose.one else due,
        too_many_for_due=len(whose.people) > MOST_AT_ONCE,
    )


def _due(reader: User, whose: Whose, span: Period, today: date) -> tuple[bool, list[DueOf]]:
    """Return whether the reader may plan for the one person shown, and what is due of each and not planned."""
    person = whose.one
    if span.last < today or len(whose.people) > MOST_AT_ONCE:
        return False, []
    if person is not None:
        team = person.memberships.filter(ended_on__isnull=True).values_list("team_id", flat=True).first()
        if not can_plan_for(reader, person, team):
            return False, []
    calendar, day = work_calendar(), max(today, span.first)
    day = (
        day if calendar.is_working(day) else calendar.add(day, 1)
    )  # at a weekend the week to come is what is planned
    due = due_of_people(reader, whose.people, due_week(span, day))
    return person is not None, [DueOf(one, due[one.pk]) for one in whose.people]


def _days(span: Period, month: Period, calendar: WorkCalendar, entries: Sequence[Entry]) -> list[AgendaDay]:
    today = business_date()
    found = {day: _day(day, calendar, today, is_outside=day not in month) for day in span}
    for entry in entries:
        day = max(entry.day, span.first)
        while day <= min(entry.last, span.last):
            found[day].entries.append(entry)
            day += timedelta(days=1)
    for one in found.values():
        one.entries.sort(key=lambda entry: entry.order)
    return list(found.values())


def _day(day: date, calendar: WorkCalendar, today: date, *, is_outside: bool = False) -> AgendaDay:
    kind = calendar.kind(day)
    return AgendaDay(
        day=day,
        is_working=calendar.is_working(day),
        is_today=day == today,
        is_over=day < today,
        is_outside=is_outside,
        note=kind.value if kind not in {DayKind.WORKDAY, DayKind.WEEKEND} else "",
    )


def _lanes(
    span: Period, calendar: WorkCalendar, people: Sequence[User], entries: Sequence[Entry]
) -> list[Lane]:
    mine: dict[int, list[Entry]] = {person.pk: [] for person in people}
    for entry in entries:
        mine[entry.user_id].append(entry)
    return [Lane(person, _days(span, span, calendar, mine[person.pk])) for person in people]


def _columns(lanes: Sequence[Lane]) -> list[HourColumn]:
    """Return a column for each day of one person, or for each person on one day; several people's week stands in lanes."""
    if len(lanes) > 1 and any(len(lane.days) > 1 for lane in lanes):
        return []
    return [_column(day, lane.person, is_named=len(lanes) > 1) for lane in lanes for day in lane.days]


def _column(day: AgendaDay, person: User, *, is_named: bool) -> HourColumn:
    parts: dict[PartOfDay, list[Entry]] = {part: [] for part in PartOfDay}
    for entry in day.entries:
        parts[part_of_day(entry.start, entry.end)].append(entry)
    timed = [(entry, entry.start) for entry in parts[PartOfDay.HOURS] if entry.start]
    drawn = beside([drawn_at(start, entry.end) for entry, start in timed])
    now = hand_at(timezone.localtime(timezone.now(), department_zone()).time()) if day.is_today else None
    blocks = [Block(entry, at) for (entry, _start), at in zip(timed, drawn, strict=True)]
    return HourColumn(day, person, is_named, now, parts, blocks)
