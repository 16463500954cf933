"""Working days as the department counts them."""

from datetime import date
from typing import Any

from kam.calendar.models import DayOverride
from kam.calendar.rules import WorkCalendar, year_to_warn_about
from kam.calendar.terms import DayKind
from kam.core.once import shared
from kam.core.prepared import Prepared

_own_days: Prepared[Any] = Prepared(lambda: DayOverride.objects.values_list("day", "is_working"))


def work_calendar() -> WorkCalendar:
    """Return the calendar with the department's own days, read once: take it before a loop."""
    own_days = shared("workdays", lambda: dict(_own_days()))
    return WorkCalendar(own_days)


def is_working_day(day: date) -> bool:
    """Say whether the department works on `day`."""
    return work_calendar().is_working(day)


def kind_of_day(day: date) -> DayKind:
    """Return why `day` is worked or not."""
    return work_calendar().kind(day)


def count_working_days(first: date, last: date) -> int:
    """Count the working days from `first` to `last`, both included: Friday to Monday is 2; 0 when `last` is earlier."""
    return sum(1 for _day in work_calendar().working_days(first, last))


def next_working_day(day: date) -> date:
    """Return the first working day after `day`."""
    return work_calendar().add(day, 1)


def previous_working_day(day: date) -> date:
    """Return the last working day before `day`."""
    return work_calendar().add(day, -1)


def add_working_days(day: date, count: int) -> date:
    """Return the day `count` working days after `day` (before it for a negative count)."""
    return work_calendar().add(day, count)


def year_without_days(today: date) -> int | None:
    """Return the year whose holidays nobody has entered yet, None when there is nothing to warn about."""
    years = frozenset(DayOverride.objects.values_list("day__year", flat=True).distinct())
    return year_to_warn_about(today, years)
