"""The week board: seven days × two halves, with the cards that stand there and the week's sums."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils.formats import localize

from accounts.units.models import KeyAccount
from accounts.units.terms import Tier
from kam.calendar.selectors import work_calendar
from kam.calendar.terms import DayKind
from kam.core.clock import business_date, moment
from kam.core.once import reading
from kam.core.periods import Period
from kam.core.sentences import listed
from kam.users.models import User
from kam.users.scopes import scope_of
from kam.users.terms import SELLERS, Position
from visits.plans.models import HALF_LABELS, PlanLine, WeekPlan
from visits.plans.registry import BoardEntry, Proposal, entries_for, proposals_for, quota_of
from visits.plans.rules import half_of, short_of
from visits.plans.terms import FINAL_STATES, HalfDay, LineState, PlanState, VisitMode

#: A week's plan is due on the last working day before it, at the evening meeting.
SUBMIT_HOUR = time(17)
#: The board's column says no more than this; the rest is counted.
SHOWN_PROPOSALS = 12
_LOOK = {VisitMode.BRIEFING: "brief", VisitMode.PHONE: "call", VisitMode.CALLS: "call"}


@dataclass(frozen=True, slots=True)
class Card:
    """A plan line on the board."""

    line: PlanLine
    look: str
    persons: str
    is_movable: bool
    has_outline: bool
    things: str = ""
    state: str = ""
    label: Any = ""
    #: Whether the reader may open the unit's file: a unit that moved on keeps its line in the plan of who planned it.
    opens: bool = True


@dataclass(slots=True)
class Cell:
    """One half of one day."""

    half: HalfDay
    label: Any
    cards: list[Card] = field(default_factory=list)
    entries: list[BoardEntry] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.cards and not self.entries


@dataclass(slots=True)
class Day:
    """One day of the board."""

    day: date
    is_working: bool
    is_today: bool
    is_over: bool
    note: str
    cells: tuple[Cell, Cell]

    @property
    def is_empty(self) -> bool:
        return all(cell.is_empty for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Sums:
    """The figures above the board."""

    units: int
    units_wanted: int
    a_visits: int
    a_wanted: int
    a_short: str
    cost: Decimal
    lines: int


@dataclass(slots=True)
class Board:
    """Everything the page of one person's week shows."""

    owner: User
    week: Period
    plan: WeekPlan | None
    days: list[Day]
    sums: Sums
    proposals: list[Proposal]
    more_proposals: int
    supplements: list[Card]

    @property
    def label(self) -> str:
        year, week, _day = self.week.first.isocalendar()
        return f"{year}-W{week:02d}"

    @property
    def number(self) -> int:
        return self.week.first.isocalendar().week

    @property
    def previous(self) -> str:
        return _label(self.week.first - timedelta(days=7))

    @property
    def next(self) -> str:
        return _label(self.week.last + timedelta(days=1))

    @property
    def is_frozen(self) -> bool:
        """Nothing can be added now: the plan waits for a decision, or was refused."""
        return self.plan is not None and not (self.plan.is_open or self.plan.is_approved)

    @property
    def is_over(self) -> bool:
        return self.week.last < business_date()


def _label(day: date) -> str:
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02d}"


def live_plan(owner: User, week: Period) -> WeekPlan | None:
    """Return the person's plan of that week, or the last refused one where there is no other."""
    year, number, _day = week.first.isocalendar()
    rows = WeekPlan.objects.filter(user=owner, year=year, week=number).select_related("user", "team")
    plans = list(rows.order_by("-revision"))
    return next((p for p in plans if p.state not in FINAL_STATES), plans[0] if plans else None)


def board_of(owner: User, week: Period, *, reader: User, may_edit: bool) -> Board:
    """Return the board in a fixed number of queries, however many lines there are."""
    plan = _as_seen(live_plan(owner, week), reader)
    rows = plan.lines.select_related("unit", "vehicle").prefetch_related("persons") if plan else ()
    lines = [line for line in rows if _is_shown(plan, line) and _is_seen(plan, line, reader)]
    proposals = proposals_for(owner, week) if may_edit else []
    entries = entries_for(owner, week, reader=reader)
    return Board(
        owner=owner,
        week=week,
        plan=plan,
        days=_days(plan, week, lines, entries, reader=reader, may_edit=may_edit),
        sums=_sums(owner, week, lines),
        proposals=proposals[:SHOWN_PROPOSALS],
        more_proposals=max(len(proposals) - SHOWN_PROPOSALS, 0),
        supplements=[
            _card(plan, line, reader=reader, may_edit=may_edit)
            for line in lines
            if line.is_supplement and line.approval in {PlanState.DRAFT, PlanState.RETURNED}
        ],
    )


def _covers(reader: User, plan: WeekPlan) -> bool:
    return scope_of(reader).covers(plan.user_id, plan.team_id)


def _as_seen(plan: WeekPlan | None, reader: User) -> WeekPlan | None:
    """Return the plan, without the goal where it was made in a team whose rows `reader` does not see."""
    if plan is not None and not _covers(reader, plan):
        plan.goal = ""
    return plan


def _is_seen(plan: WeekPlan | None, line: PlanLine, reader: User) -> bool:
    """A plan of the own team's is read whole; of another one, made before somebody changed teams, the lines at units one sees."""
    if plan is None or _covers(reader, plan):
        return True
    return line.unit is not None and _opens(line.unit, reader)


def _is_shown(plan: WeekPlan | None, line: PlanLine) -> bool:
    """A line taken out of a draft is gone; one cancelled after approval stays visible."""
    if line.state in {LineState.CANCELLED, LineState.MOVED}:
        return plan is not None and not plan.is_open
    return line.approval not in FINAL_STATES


def _days(
    plan: WeekPlan | None,
    week: Period,
    lines: Sequence[PlanLine],
    entries: Iterable[BoardEntry],
    *,
    reader: User,
    may_edit: bool,
) -> list[Day]:
    calendar, today = work_calendar(), business_date()
    found = {}
    for day in week:
        kind = calendar.kind(day)
        found[day] = Day(
            day=day,
            is_working=calendar.is_working(day),
            is_today=day == today,
            is_over=day < today,
            note=kind.value if kind not in {DayKind.WORKDAY, DayKind.WEEKEND} else "",
            cells=(
                Cell(HalfDay.MORNING, HALF_LABELS[HalfDay.MORNING]),
                Cell(HalfDay.AFTERNOON, HALF_LABELS[HalfDay.AFTERNOON]),
            ),
        )
    for line in lines:
        cell = found[line.day].cells[line.half_day == HalfDay.AFTERNOON]
        cell.cards.append(_card(plan, line, reader=reader, may_edit=may_edit))
    for entry in entries:
        found[entry.day].cells[half_of(entry.start) is HalfDay.AFTERNOON].entries.append(entry)
    return list(found.values())


def _card(plan: WeekPlan | None, line: PlanLine, *, reader: User, may_edit: bool) -> Card:
    pending = line.approval == PlanState.PENDING if line.is_supplement else _is_pending(plan)
    label = line.get_state_display() if not line.is_planned else ""
    if line.is_supplement and line.is_planned and line.approval != PlanState.APPROVED:
        label = line.get_approval_display()
    return Card(
        line=line,
        look=_LOOK.get(VisitMode(line.mode), "visit"),
        persons=listed(person.name for person in line.persons.all()),
        is_movable=may_edit and line.is_planned and not pending and _is_alive(plan),
        has_outline=bool(line.outline),
        things=_things(line),
        state=line.state,
        label=label,
        opens=line.unit is None or _opens(line.unit, reader),
    )


def _opens(unit: KeyAccount, reader: User) -> bool:
    return scope_of(reader).covers(unit.owner_id, unit.team_id)


def _things(line: PlanLine) -> str:
    cost = f"¥{localize(line.cost)}" if line.cost else ""
    parts = [line.vehicle.name if line.vehicle else "", line.materials, line.gifts, cost]
    return " · ".join(part for part in parts if part)


def _is_pending(plan: WeekPlan | None) -> bool:
    return plan is not None and plan.state == PlanState.PENDING


def _is_alive(plan: WeekPlan | None) -> bool:
    return plan is not None and plan.state not in FINAL_STATES


def _sums(owner: User, week: Period, lines: Sequence[PlanLine]) -> Sums:
    standing = [line for line in lines if line.state in {LineState.PLANNED, LineState.DONE}]
    met = [ln for ln in standing if ln.mode not in {VisitMode.PHONE, VisitMode.WRITTEN, VisitMode.CALLS}]
    units = [ln.unit for ln in met if ln.unit is not None]
    focus = {unit.pk: unit for unit in units if unit.tier == Tier.A and unit.is_focus}
    with reading():
        each = quota_of(owner, "a_visits_a_week", week.first)
        units_wanted = quota_of(owner, "units_a_week", week.first)
    planned = [unit.pk for unit in units]
    short = short_of(planned, each=each, units=sorted(focus))
    return Sums(
        units=len(set(planned)),
        units_wanted=units_wanted,
        a_visits=sum(min(planned.count(unit), each) for unit in focus),
        a_wanted=each * len(focus),
        a_short=listed(focus[unit].name for unit in sorted(short)),
        cost=sum((ln.cost for ln in standing), Decimal(0)),
        lines=len(standing),
    )


def submit_by(week: Period) -> datetime:
    """Return when the week's plan is due: the last working day before it, 17:00 department time."""
    return moment(work_calendar().add(week.first, -1), SUBMIT_HOUR)


def people_to_plan_for(user: User) -> list[User]:
    """Return the people whose weeks `user` may open, oneself first, in one query."""
    scope = scope_of(user)
    rows = User.objects.working().filter(position__in=[p.value for p in SELLERS])
    if user.position in {Position.SPECIALIST, Position.TEAM_LEAD, Position.MANAGER}:
        rows = rows.filter(memberships__team_id__in=scope.team_ids, memberships__ended_on__isnull=True)
    people = sorted(set(rows), key=lambda person: person.staff_number)
    return [*([user] if user.position in SELLERS else []), *(p for p in people if p.pk != user.pk)]
