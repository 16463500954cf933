"""Business trips: what can be asked for, which days count, when the report is due (S-223, S-264). See docs/domain/trips.md."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kam.core.periods import Period

MOST_DAYS = 31


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks for."""

    days: tuple[date, date]
    purpose: str
    has_place: bool
    estimate: Decimal


def trip_problem(asked: Asked, *, today: date) -> tuple[str, str] | None:
    """Return (field, code) of what cannot be, None where the trip can be asked for."""
    first, last = asked.days
    tests = (
        (last < first, "ends_on", "order"),
        ((last - first).days >= MOST_DAYS, "ends_on", "long"),
        (first < today, "starts_on", "past"),
        (not asked.purpose.strip(), "purpose", "purpose"),
        (not asked.has_place, "place", "where"),
        (asked.estimate < 0, "estimate_amount", "amount"),
    )
    return next(((field, code) for is_wrong, field, code in tests if is_wrong), None)


def report_problem(*, ends_on: date, today: date, result: str, actual: Decimal) -> tuple[str, str] | None:
    """Return (field, code) of what a report lacks, None where it can be handed in: from the last day on."""
    tests = (
        (today < ends_on, "result", "early"),
        (not result.strip(), "result", "result"),
        (actual < 0, "actual_amount", "amount"),
    )
    return next(((field, code) for is_wrong, field, code in tests if is_wrong), None)


def days_within(trips: Iterable[Period], period: Period, *, until: date) -> int:
    """Count the different days of trips in a period, travelled until a day."""
    last = min(period.last, until)
    if last < period.first:
        return 0
    return len({day for trip in trips for day in trip if period.first <= day <= last})
