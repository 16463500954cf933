"""Which months statistics compare, when those of a month are due, and who owes them (docs/domain/reports.md)."""

from collections.abc import Collection
from datetime import date, timedelta

from kam.core.periods import Period, month_of


def compared(month: Period) -> tuple[Period, Period, Period]:
    """Return the month, the one before it, and the same month of the year before."""
    first = month.first
    return month, month_of(first - timedelta(days=1)), month_of(date(first.year - 1, first.month, 1))


def is_over(month: Period, today: date) -> bool:
    """Say whether the statistics of a month can be handed in: all its days are behind us."""
    return month.last < today


def due_on(month: Period, due_day: int) -> date:
    """Return the last day on time: `due_day` of the next month, or its last day where it is shorter."""
    following = month_of(month.last + timedelta(days=1))
    return min(following.first + timedelta(days=due_day - 1), following.last)


def owed(handed_in: Collection[date], joined_on: date, today: date) -> Period | None:
    """Return the month that a clerk still owes: the last one, unless it is handed in or they came after it. `handed_in` are first days."""
    before = month_of(month_of(today).first - timedelta(days=1))
    return None if before.first in handed_in or joined_on > before.last else before
