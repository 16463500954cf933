"""A week's plan: halves of a day, what may change after approval, and where a dropped line goes. docs/domain/planning.md.

After approval a line may move inside its week or be cancelled with a reason. What costs more than was approved (another unit, more
money, a gift, a vehicle) is a supplement line with its own approval (12-decisions 11).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from kam.core.periods import Period, iso_week_of
from visits.plans.terms import HalfDay

NOON = time(12, 0)
WEEK_PATTERN = re.compile(r"^(?P<year>\d{4})-W(?P<week>\d{2})$")
DEFAULT_LENGTH = timedelta(minutes=90)
FIRST_YEAR, LAST_YEAR = 2000, 2100


def half_of(start: time) -> HalfDay:
    """Return the half of the day in which a line starts."""
    return HalfDay.MORNING if start < NOON else HalfDay.AFTERNOON


def parse_week(text: str) -> tuple[int, int] | None:
    """Return (year, week) of `2026-W27`, None for anything that is no ISO week."""
    found = WEEK_PATTERN.match(text)
    if found is None or not FIRST_YEAR <= int(found["year"]) <= LAST_YEAR:
        return None
    year, week = int(found["year"]), int(found["week"])
    try:
        date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return year, week


def week_label(day: date) -> str:
    """Return `2026-W27` for a day of that week."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02d}"


def week_period(year: int, week: int) -> Period:
    """Return Monday to Sunday of an ISO week."""
    return iso_week_of(date.fromisocalendar(year, week, 1))


def shifted(start: time, end: time, new_start: time) -> time | None:
    """Return the new end of a line that keeps its length, None where it would run past midnight."""
    anchor = date(2000, 1, 1)
    length = datetime.combine(anchor, end) - datetime.combine(anchor, start)
    moved = datetime.combine(anchor, new_start) + length
    return moved.time() if moved.date() == anchor else None


@dataclass(frozen=True, slots=True)
class Terms:
    """The part of a line that was approved."""

    unit_id: int | None
    cost: Decimal
    gifts: str
    vehicle_id: int | None


def needs_approval(old: Terms, new: Terms) -> tuple[str, ...]:
    """Return the fields whose change is a supplement: another unit, more money, a gift or a vehicle that was not asked for.

    Asking for less is no supplement.
    """
    found = []
    if new.unit_id != old.unit_id:
        found.append("unit")
    if new.cost > old.cost:
        found.append("cost")
    if new.gifts and new.gifts != old.gifts:
        found.append("gifts")
    if new.vehicle_id is not None and new.vehicle_id != old.vehicle_id:
        found.append("vehicle")
    return tuple(found)


def short_of(planned: Sequence[int], *, each: int, units: Sequence[int]) -> dict[int, int]:
    """Return unit → missing visits for those of `units` that have fewer than `each` among `planned`."""
    return {unit: each - planned.count(unit) for unit in units if planned.count(unit) < each}
