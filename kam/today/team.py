"""Whose people somebody leads: the team, the teams, the department; with their figures and what they owe (spec 07)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from kam.calendar.rules import WorkCalendar
from kam.calendar.selectors import work_calendar
from kam.core.clock import zone_named
from kam.core.once import kept, shared
from kam.today.absences import absent_on
from kam.today.asks import Tally, Wanted
from kam.today.registry import Duty, Figure, duties, figures
from kam.today.rules import window
from kam.today.terms import Exit
from kam.users.models import Membership, Team, User
from kam.users.terms import SELLERS, Position

#: Those who read about everybody.
OVER_ALL = frozenset({Position.DIRECTOR, Position.MARKETING_DIRECTOR, Position.GENERAL_MANAGER})
LEADERS = OVER_ALL | {Position.TEAM_LEAD, Position.MANAGER}
#: A longer table is summed by team.
LONGEST_TABLE = 24
#: So many names are told, the others are counted.
NAMES_TOLD = 20


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of one row, with the quota where there is one."""

    value: int
    goal: int | None = None

    @property
    def is_behind(self) -> bool:
        return self.goal is not None and self.value < self.goal


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the table, or one team where the table would be too long."""

    name: str
    team: str
    user_id: int | None
    cells: Sequence[Cell]
    away: bool = False
    people: int = 1


@dataclass(frozen=True, slots=True)
class Debt:
    """From whom one thing is missing; told in the language of who reads it."""

    missing: Any
    names: Sequence[str]
    more: int
    total: int

    @property
    def label(self) -> str:
        """The sentence without its full stop: a number or names follow."""
        return str(self.missing).rstrip(".。")


@dataclass(frozen=True, slots=True)
class TeamDay:
    """A day of somebody's people."""

    heads: Sequence[Any]
    lines: Sequence[Line]
    debts: Sequence[Debt]

    def __bool__(self) -> bool:
        return bool(self.lines) and bool(self.heads or self.debts)


@dataclass(frozen=True, slots=True)
class _Facts:
    teams: Mapping[int, Team]
    members: Mapping[int, Sequence[User]]
    figures: Sequence[tuple[Figure, Mapping[int, int], int | None]]
    duties: Sequence[tuple[Duty, Collection[int]]]
    away: Collection[int]


def team_days(leaders: Sequence[User], day: date, exit_: Exit) -> dict[int, TeamDay]:
    """Return leader id → the day of their people, in a fixed number of queries."""
    facts = _facts(leaders, day, exit_)
    return {leader.pk: _day_of(leader, facts, day, exit_) for leader in leaders}


def duty_day(duty: Duty, day: date, calendar: WorkCalendar) -> date:
    """Return the day a duty is about."""
    return calendar.add(day, duty.working_days_ahead) if duty.working_days_ahead else day


@dataclass(frozen=True, slots=True)
class Owed:
    """One duty not kept, and whether its hour has come."""

    duty: Duty
    about: date
    is_due: bool

    @property
    def text(self) -> Any:
        return self.duty.missing if self.is_due else self.duty.upcoming

    @property
    def url(self) -> str:
        return self.duty.url(self.about)


def has_come(duty: Duty, day: date, user: User, exit_: Exit) -> bool:
    """Say whether the hour of a duty has come on the reader's clock; a digest is made at its hour and never asks."""
    if duty.due_at is None or exit_ is not Exit.TODAY:
        return True
    return timezone.now() >= window(duty.due_at, day, zone_named(user.time_zone)).opens


def owed(users: Sequence[User], day: date, exit_: Exit) -> dict[int, list[Owed]]:
    """Return user id → the duties not kept; on a day off nobody owes anything."""
    found: dict[int, list[Owed]] = {}
    calendar = work_calendar()
    if not calendar.is_working(day):
        return found
    for duty in duties(exit_):
        about = duty_day(duty, day, calendar)
        bound = [user for user in users if user.position in duty.positions]
        done = duty.kept(bound, about) if bound else ()
        for user in bound:
            if user.pk not in done:
                found.setdefault(user.pk, []).append(Owed(duty, about, has_come(duty, day, user, exit_)))
    return found


def owed_wants(exit_: Exit, users: Sequence[User], day: date) -> list[Wanted]:
    """Return what `owed` asks that can be read together with others' numbers."""
    calendar = work_calendar()
    return [
        Wanted(
            duty.kept.ask,
            duty_day(duty, day, calendar),
            frozenset(user.pk for user in users if user.position in duty.positions),
        )
        for duty in duties(exit_)
        if isinstance(duty.kept, Tally) and calendar.is_working(day)
    ]


def team_wants(exit_: Exit, leaders: Sequence[User], day: date) -> list[Wanted]:
    """Return what `team_days` asks that can be read together with others' numbers."""
    calendar = work_calendar()
    people = frozenset(row.user_id for row in _memberships(leaders, day))
    asked = [Wanted(f.count.ask, day, people) for f in figures(exit_) if isinstance(f.count, Tally)]
    if calendar.is_working(day):
        asked += [
            Wanted(duty.kept.ask, duty_day(duty, day, calendar), people)
            for duty in duties(exit_)
            if isinstance(duty.kept, Tally)
        ]
    return asked


def _memberships(leaders: Sequence[User], day: date) -> Sequence[Membership]:
    """Return who is in the teams of these leaders, with person and team, by staff number; everybody where one leads all."""
    everybody = kept(("members", day, None))
    if everybody is not None:
        found: Sequence[Membership] = everybody
        return found
    rows = Membership.objects.on(day).filter(user__is_active=True, user__position__in=SELLERS)
    rows = rows.select_related("user", "team").order_by("user__staff_number")
    if any(leader.position in OVER_ALL for leader in leaders):
        return shared(("members", day, None), lambda: list(rows))
    ids = frozenset(leader.pk for leader in leaders)
    led = rows.filter(Q(team__lead__in=ids) | Q(team__manager__in=ids))
    return shared(("members", day, ids), lambda: list(led))


def _facts(leaders: Sequence[User], day: date, exit_: Exit) -> _Facts:
    rows = _memberships(leaders, day)
    named = sorted({row.team_id: row.team for row in rows}.values(), key=lambda team: team.name)
    teams = {team.pk: team for team in named}
    members: dict[int, list[User]] = {pk: [] for pk in teams}
    for row in rows:
        members[row.team_id].append(row.user)
    people = [user for team in members.values() for user in team]
    calendar = work_calendar()
    return _Facts(
        teams,
        members,
        [(f, f.count(people, day), f.goal(day) if f.goal else None) for f in figures(exit_)],
        [(d, d.kept(people, duty_day(d, day, calendar))) for d in duties(exit_)]
        if calendar.is_working(day)
        else [],
        absent_on(day),
    )


def _teams_of(leader: User, facts: _Facts) -> Iterator[Team]:
    for team in facts.teams.values():
        if leader.position in OVER_ALL or leader.pk in {team.lead_id, team.manager_id}:
            yield team


def _day_of(leader: User, facts: _Facts, day: date, exit_: Exit) -> TeamDay:
    teams = list(_teams_of(leader, facts))
    people = [(team, user) for team in teams for user in facts.members[team.pk] if user.pk != leader.pk]
    by_team = len(people) > LONGEST_TABLE
    return TeamDay(
        heads=[figure.label for figure, _values, _goal in facts.figures],
        lines=[_team_line(team, facts) for team in teams]
        if by_team
        else [_line(team, user, facts) for team, user in people],
        debts=[
            debt
            for duty, done in facts.duties
            if has_come(duty, day, leader, exit_) and (debt := _debt(duty, done, people, facts)).total
        ],
    )


def _line(team: Team, user: User, facts: _Facts) -> Line:
    cells = [Cell(values.get(user.pk, 0), goal) for _figure, values, goal in facts.figures]
    return Line(user.name, team.name, user.pk, cells, away=user.pk in facts.away)


def _team_line(team: Team, facts: _Facts) -> Line:
    ids = [user.pk for user in facts.members[team.pk]]
    cells = [
        Cell(sum(values.get(pk, 0) for pk in ids), goal * len(ids) if goal is not None else None)
        for _figure, values, goal in facts.figures
    ]
    return Line(team.name, team.name, None, cells, people=len(ids))


def _debt(duty: Duty, done: Collection[int], people: Sequence[tuple[Team, User]], facts: _Facts) -> Debt:
    names = [
        user.name
        for _team, user in people
        if user.position in duty.positions and user.pk not in done and user.pk not in facts.away
    ]
    return Debt(duty.missing, names[:NAMES_TOLD], max(len(names) - NAMES_TOLD, 0), len(names))
