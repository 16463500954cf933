"""When gifts come round, where a planned one stands, and what a plan takes from its lines. See docs/domain/gifts.md."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from campaigns.gift_plans.terms import Festival, LineState, Rhythm
from campaigns.gifts.terms import GiftState

#: First day of the festival by the lunar calendar, (month, day), as the observatory publishes it.
_LUNAR: Mapping[Festival, Mapping[int, tuple[int, int]]] = {
    Festival.SPRING: {
        2025: (1, 29), 2026: (2, 17), 2027: (2, 6), 2028: (1, 26), 2029: (2, 13), 2030: (2, 3),
        2031: (1, 23), 2032: (2, 11), 2033: (1, 31), 2034: (2, 19), 2035: (2, 8),
    },
    Festival.DRAGON_BOAT: {
        2025: (5, 31), 2026: (6, 19), 2027: (6, 9), 2028: (5, 28), 2029: (6, 16), 2030: (6, 5),
        2031: (6, 24), 2032: (6, 12), 2033: (6, 1), 2034: (6, 20), 2035: (6, 10),
    },
    Festival.MID_AUTUMN: {
        2025: (10, 6), 2026: (9, 25), 2027: (9, 15), 2028: (10, 3), 2029: (9, 22), 2030: (9, 12),
        2031: (10, 1), 2032: (9, 19), 2033: (9, 8), 2034: (9, 27), 2035: (9, 16),
    },
}  # fmt: skip
_FIXED: Mapping[Festival, tuple[int, int]] = {Festival.NEW_YEAR: (1, 1), Festival.NATIONAL_DAY: (10, 1)}
#: A gift is asked for this long before its day: the route takes some of it.
LEAD = timedelta(days=14)
#: A plan covers so many months at most.
MONTHS = 12
#: A request in one of these holds its line no longer: the gift may be asked for again.
DEAD = frozenset({GiftState.REJECTED, GiftState.WITHDRAWN, GiftState.CANCELLED, GiftState.TAKEN_BACK})
_GIVEN = frozenset({GiftState.HANDED_OVER, GiftState.ACKNOWLEDGED})


@dataclass(frozen=True, slots=True)
class Course:
    """When a gift comes round: at a festival, on the birthday, or every so many months from its first day."""

    rhythm: Rhythm
    starts_on: date
    ends_on: date | None = None
    festival: Festival | None = None
    months: int = 0
    birthday: date | None = None


def festival_on(festival: Festival, year: int) -> date | None:
    """Return the day of a festival, None for a year whose lunar days are not known here."""
    found = _FIXED.get(festival) or _LUNAR[festival].get(year)
    return date(year, *found) if found else None


def birthday_in(born: date, year: int) -> date:
    """Return the birthday in a year; who was born on 29 February has it on the 28th in other years."""
    last = calendar.monthrange(year, born.month)[1]
    return date(year, born.month, min(born.day, last))


def month_step(first: date, months: int) -> date:
    """Return the day so many months after `first`; the last day of a month that is too short."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, min(first.day, calendar.monthrange(year, month + 1)[1]))


def occurrences(course: Course, first: date, last: date) -> list[date]:
    """Return the days between `first` and `last`, both included, on which the gift is due."""
    since = max(first, course.starts_on)
    until = min(last, course.ends_on) if course.ends_on else last
    return [day for day in _days(course, since, until) if since <= day <= until]


def _days(course: Course, since: date, until: date) -> list[date]:
    years = range(since.year, until.year + 1)
    if course.rhythm is Rhythm.MONTHS:
        span = (until.year - course.starts_on.year) * 12 + until.month - course.starts_on.month
        return [month_step(course.starts_on, n) for n in range(0, span + 1, max(course.months, 1))]
    if course.rhythm is Rhythm.BIRTHDAY:
        return [birthday_in(course.birthday, year) for year in years] if course.birthday else []
    found = (festival_on(course.festival, year) if course.festival else None for year in years)
    return [day for day in found if day is not None]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a planned gift."""

    is_approved: bool
    on: date
    request: GiftState | None = None
    is_dropped: bool = False


def line_state(standing: Standing, *, today: date) -> LineState:
    """Say where a planned gift stands; a request that came to nothing leaves it open again."""
    if standing.is_dropped:
        return LineState.DROPPED
    if standing.request is not None and standing.request not in DEAD:
        return LineState.GIVEN if standing.request in _GIVEN else LineState.ASKED
    if not standing.is_approved or today < standing.on - LEAD:
        return LineState.PLANNED
    return LineState.MISSED if today > standing.on else LineState.DUE


def period_problem(first: date, last: date) -> str | None:
    """Return why a plan cannot cover these days: the wrong order, or more than a year."""
    if last < first:
        return "order"
    return "long" if last >= month_step(first, MONTHS) else None
