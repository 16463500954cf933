"""Who decides: steps of a route become stages with people, none of whom decides something of their own.

See docs/domain/approvals.md and 12-decisions, 8-10. Steps at or below the requester's own position and vacant ones are dropped and
named; the steps left need different people; finance is never dropped; when no line step is left the next position up decides.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from kam.approvals.terms import Official, Outcome
from kam.users.terms import LINE, Position

ZERO = Decimal(0)
#: The ladder for "the next position up"; a team lead decides nothing.
LADDER = LINE[LINE.index(Position.MANAGER) :]
#: The general manager's own requests (12-decisions, 9).
FOR_THE_GENERAL_MANAGER = (Position.MARKETING_DIRECTOR, Position.FINANCE)

Holders = Mapping[Position, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the conditions of a route look at."""

    amount: Decimal = ZERO
    official: Official = Official.NO
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a route: any one holder of `positions` decides, if the conditions hold."""

    order: int
    positions: tuple[Position, ...]
    amount_over: Decimal | None = None
    amount_up_to: Decimal | None = None
    official: bool | None = None
    kind: str = ""
    only_for: tuple[Position, ...] = ()

    @property
    def is_line(self) -> bool:
        """Say whether somebody of the line of command may decide here."""
        return any(position in LADDER for position in self.positions)


@dataclass(frozen=True, slots=True)
class Requester:
    """Whose request it is."""

    id: int
    position: Position


@dataclass(frozen=True, slots=True)
class PlannedStage:
    """A stage to be decided by any one of `people`."""

    positions: tuple[Position, ...]
    people: tuple[int, ...]
    outcome: Outcome = Outcome.KEPT

    @property
    def is_line(self) -> bool:
        return any(position in LADDER for position in self.positions)


@dataclass(frozen=True, slots=True)
class TraceLine:
    """What became of one step, for the trace on the card."""

    positions: tuple[Position, ...]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Staging:
    """The stages of a round and the trace; with `vacancy` set there is nobody to decide and submitting is refused."""

    stages: tuple[PlannedStage, ...] = ()
    trace: tuple[TraceLine, ...] = ()
    vacancy: Position | None = None


@dataclass(slots=True)
class _Plan:
    holders: Holders
    barred: frozenset[int]
    stages: list[PlannedStage] = field(default_factory=list)
    trace: list[TraceLine] = field(default_factory=list)
    vacancy: Position | None = None

    def able(self, positions: Iterable[Position]) -> tuple[int, ...]:
        people = {person for position in positions for person in self.holders.get(position, ())}
        return tuple(sorted(people - self.barred))

    def is_vacant(self, positions: Iterable[Position]) -> bool:
        return not any(self.holders.get(position) for position in positions)

    def keep(self, stage: PlannedStage, *, first: bool = False) -> bool:
        """Add a stage unless the same people would have to decide twice."""
        stages = [stage, *self.stages] if first else [*self.stages, stage]
        if not have_different_people(stages):
            return False
        self.stages = stages
        return True

    def note(self, positions: Sequence[Position], outcome: Outcome) -> None:
        self.trace.append(TraceLine(tuple(positions), outcome))


def stages_for(
    steps: Iterable[Step],
    facts: Facts,
    requester: Requester,
    holders: Holders,
    *,
    excluded: frozenset[int] = frozenset(),
) -> Staging:
    """Return the stages of a round. `holders` are relative to the requester (MANAGER is *their* manager).

    `excluded` are the beneficiary and the last editor of the amount: they decide nothing here, nor does the requester.
    """
    plan = _Plan(holders, excluded | {requester.id})
    applying = []
    for step in steps:
        if applies(step, facts, requester.position):
            applying.append(step)
            _place(plan, step, requester.position)
        else:
            plan.note(step.positions, Outcome.NOT_NEEDED)
    if not any(stage.is_line for stage in plan.stages):
        _fill_line(plan, applying, requester.position)
    return Staging(tuple(plan.stages), tuple(plan.trace), plan.vacancy)


def applies(step: Step, facts: Facts, position: Position) -> bool:
    """Say whether the conditions of a step hold: amount in (over, up to], official, kind, requester's position."""
    return (
        (step.amount_over is None or facts.amount > step.amount_over)
        and (step.amount_up_to is None or facts.amount <= step.amount_up_to)
        and (step.official is None or step.official == (facts.official is not Official.NO))
        and (not step.kind or step.kind in facts.kinds)
        and (not step.only_for or position in step.only_for)
    )


def is_at_or_below(position: Position, own: Position) -> bool:
    """Say whether a step's position is not above the requester's own; finance never counts as below."""
    if position in LINE:
        return own in LINE and LINE.index(position) <= LINE.index(own)
    return position == own and position is not Position.FINANCE


def sits_at(position: Position) -> tuple[Position, ...]:
    """Return the positions whose steps a holder of `position` may decide: the own one, and in the line all below."""
    return (position, *LINE[: LINE.index(position)]) if position in LINE else (position,)


def next_up(position: Position, holders: Holders, barred: frozenset[int]) -> PlannedStage | None:
    """Return a stage of the nearest position above `position` that somebody not barred holds."""
    for above in LADDER[_rung_above(position) :]:
        people = tuple(sorted(set(holders.get(above, ())) - barred))
        if people:
            return PlannedStage((above,), people, Outcome.RAISED)
    return None


def have_different_people(stages: Sequence[PlannedStage]) -> bool:
    """Say whether every stage can be decided by a person of its own (a matching of stages and people)."""
    taken: dict[int, int] = {}

    def seat(index: int, seen: set[int]) -> bool:
        for person in stages[index].people:
            if person not in seen:
                seen.add(person)
                if person not in taken or seat(taken[person], seen):
                    taken[person] = index
                    return True
        return False

    return all(seat(index, set()) for index in range(len(stages)))


def _place(plan: _Plan, step: Step, own: Position) -> None:
    offered = tuple(position for position in step.positions if not is_at_or_below(position, own))
    if not offered:
        plan.note(step.positions, Outcome.OWN_LEVEL)
    elif people := plan.able(offered):
        _keep_or_note(plan, PlannedStage(offered, people), offered)
    elif Position.FINANCE in offered:
        plan.vacancy = Position.FINANCE
    elif plan.is_vacant(offered):
        plan.note(offered, Outcome.VACANT)
    else:
        _raise(plan, offered)


def _raise(plan: _Plan, offered: tuple[Position, ...]) -> None:
    """Everybody who could decide is involved: the next person up decides, if not already in the route."""
    plan.note(offered, Outcome.INVOLVED)
    in_line = [position for position in offered if position in LADDER]
    if in_line and (stage := next_up(in_line[-1], plan.holders, plan.barred)):
        _keep_or_note(plan, stage, stage.positions)


def _keep_or_note(plan: _Plan, stage: PlannedStage, positions: tuple[Position, ...]) -> None:
    if plan.keep(stage):
        plan.note(positions, stage.outcome)
    elif Position.FINANCE in positions:
        plan.vacancy = Position.FINANCE
    else:
        plan.note(positions, Outcome.SAME_PERSON)


def _fill_line(plan: _Plan, applying: Sequence[Step], own: Position) -> None:
    """No line step is left: the next position up decides; above the general manager it is two others."""
    needs_line = any(step.is_line for step in applying) or not plan.stages
    if not needs_line or _has_alternative(plan, applying):
        return
    if own is Position.GENERAL_MANAGER:
        _fill_for_general_manager(plan)
    elif (stage := next_up(own, plan.holders, plan.barred)) and plan.keep(stage, first=True):
        plan.note(stage.positions, Outcome.ADDED)
    else:
        plan.vacancy = plan.vacancy or _first_above(own)


def _has_alternative(plan: _Plan, applying: Sequence[Step]) -> bool:
    """Say whether each line step was "one or the other" and kept its other half (HR where the general manager could not)."""
    line = [step for step in applying if step.is_line]
    return bool(line) and all(
        any(set(stage.positions) < set(step.positions) for stage in plan.stages) for step in line
    )


def _fill_for_general_manager(plan: _Plan) -> None:
    for position in FOR_THE_GENERAL_MANAGER:
        if any(position in stage.positions for stage in plan.stages):
            continue
        people = plan.able((position,))
        if people and plan.keep(PlannedStage((position,), people, Outcome.ADDED)):
            plan.note((position,), Outcome.ADDED)
        else:
            plan.vacancy = position
            return
    plan.stages.sort(key=lambda stage: Position.FINANCE in stage.positions)


def _rung_above(position: Position) -> int:
    return LADDER.index(position) + 1 if position in LADDER else 0


def _first_above(position: Position) -> Position:
    return LADDER[min(_rung_above(position), len(LADDER) - 1)]


# --- Rounds, snapshots, time --------------------------------------------------------------------------------------


def material_changes(before: Mapping[str, Any], after: Mapping[str, Any], fields: Iterable[str]) -> list[str]:
    """Return those material fields that differ between an approved snapshot and the subject as it is now."""
    return [name for name in fields if before.get(name) != after.get(name)]


#: The working day that escalation counts: eight hours, the noon hour left out.
OFFICE_HOURS = ((time(8), time(12)), (time(13), time(17)))


def working_hours_between(
    start: datetime, end: datetime, is_working_day: Callable[[date], bool]
) -> timedelta:
    """Return the office hours of working days between two local times; zero when `end` is not after `start`."""
    total = timedelta()
    day = start.date()
    while day <= end.date():
        if is_working_day(day):
            for opens, closes in OFFICE_HOURS:
                first = max(start, datetime.combine(day, opens, start.tzinfo))
                last = min(end, datetime.combine(day, closes, start.tzinfo))
                total += max(last - first, timedelta())
        day += timedelta(days=1)
    return total
