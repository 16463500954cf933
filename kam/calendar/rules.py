"""Which days are worked: China's public holidays with their make-up Saturdays and Sundays, and the department's own days first.

The public calendar is known for the years 2004 to 2026; a later year counts Monday to Friday until its days are entered.
See docs/domain/digests.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import chinese_calendar

from kam.calendar.terms import WORKING, DayKind

SATURDAY = 5
#: From this month and day on, a coming year without data is worth a warning.
WARN_FROM = (11, 1)
#: Nobody asks for more; a longer walk is a mistake of the caller.
MAX_STEPS = 3660


def public_kind(day: date) -> DayKind | None:
    """Return what the public calendar says about `day`, None for a year it does not know."""
    try:
        on_holiday, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return None
    weekend = day.weekday() >= SATURDAY
    if on_holiday:
        return DayKind.WEEKEND if weekend and name is None else DayKind.HOLIDAY
    return DayKind.MAKE_UP if weekend else DayKind.WORKDAY


def knows_year(year: int) -> bool:
    """Say whether the public calendar has data for `year`."""
    return public_kind(date(year, 1, 1)) is not None


def year_to_warn_about(today: date, years_with_days: frozenset[int]) -> int | None:
    """Return the year whose days must be entered: this one, or from 1 November on the next; None when all is known."""
    years = [today.year] + ([today.year + 1] if (today.month, today.day) >= WARN_FROM else [])
    return next((y for y in years if not knows_year(y) and y not in years_with_days), None)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The department's calendar: `own` maps a day to worked or not and wins over the public one."""

    own: Mapping[date, bool] = field(default_factory=dict)

    def kind(self, day: date) -> DayKind:
        """Return why `day` is worked or not."""
        if day in self.own:
            return DayKind.DEPARTMENT_ON if self.own[day] else DayKind.DEPARTMENT_OFF
        fallback = DayKind.WEEKEND if day.weekday() >= SATURDAY else DayKind.WORKDAY
        return public_kind(day) or fallback

    def is_working(self, day: date) -> bool:
        return self.kind(day) in WORKING

    def working_days(self, first: date, last: date) -> Iterator[date]:
        """Yield the working days from `first` to `last`, both included."""
        for n in range((last - first).days + 1):
            day = first + timedelta(days=n)
            if self.is_working(day):
                yield day

    def add(self, day: date, count: int) -> date:
        """Return the day `count` working days after `day` (before it for a negative count); 0 gives `day` itself."""
        step = timedelta(days=1 if count >= 0 else -1)
        left, current = abs(count), day
        for _ in range(MAX_STEPS):
            if left == 0:
                return current
            current += step
            left -= self.is_working(current)
        raise ValueError(f"no {count} working days after {day}")
