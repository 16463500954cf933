"""Account plans: how a goal does against its measure, and whether the plan is still fresh (docs/domain/phases.md)."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from accounts.development.terms import GoalState

_FULL = 100


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal as it is written: `measure` "" where people judge it."""

    title: str
    due_on: date
    measure: str = ""
    target: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """An action as it is written; `owner` is the person who does it."""

    text: str
    owner: Any
    due_on: date


@dataclass(frozen=True, slots=True)
class Freshness:
    """When the plan is to be looked at next, and by how many days that is over (0: it is fresh)."""

    due_on: date
    days_over: int

    @property
    def is_stale(self) -> bool:
        return self.days_over > 0


def freshness(
    *, in_force_since: date, reviewed_on: date | None, promised_on: date | None, every: int, today: date
) -> Freshness:
    """Return when the next review is due: `every` days after the last look, or earlier where the last review promised it."""
    due = max(in_force_since, reviewed_on or in_force_since) + timedelta(days=every)
    if promised_on is not None:
        due = min(due, promised_on)
    return Freshness(due, max((today - due).days, 0))


def goal_state(value: Decimal | None, target: Decimal | None, *, due_on: date, today: date) -> GoalState:
    """Say how a goal does; one without a measure is neither reached nor late by itself."""
    if value is None or target is None:
        return GoalState.UNMEASURED
    if value >= target:
        return GoalState.REACHED
    return GoalState.LATE if today > due_on else GoalState.RUNNING


def reached_percent(value: Decimal | None, target: Decimal | None) -> int:
    """Return how much of the target is reached, in whole per cent rounded down, never more than all of it."""
    if value is None or target is None or target <= 0:
        return 0
    return min(int(max(value, Decimal(0)) * _FULL / target), _FULL)
