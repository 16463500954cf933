"""Year, month and week plan of a unit: which days, in which order. It is put together, never typed. See docs/domain/planning.md."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kam.core.periods import Period, iso_week_of, month_of
from visits.unit_plans.terms import Source, Span

_ORDER = {source: place for place, source in enumerate(Source)}


@dataclass(frozen=True, slots=True)
class Item:
    """One line: what is planned for a day, by whom, and whether it was done."""

    on: date
    source: Source
    text: str
    who: str = ""
    is_done: bool = False


def period_of(span: Span, day: date) -> Period:
    """Return the week (Monday to Sunday), month or year that holds a day."""
    if span is Span.WEEK:
        return iso_week_of(day)
    if span is Span.MONTH:
        return month_of(day)
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))


def neighbours(period: Period) -> tuple[date, date]:
    """Return a day of the period before and one of the period after."""
    return period.first - timedelta(days=1), period.last + timedelta(days=1)


def in_order(items: Iterable[Item], period: Period) -> list[Item]:
    """Return what falls into the period, by day, goals before what leads to them."""
    inside = (item for item in items if item.on in period)
    return sorted(inside, key=lambda item: (item.on, _ORDER[item.source], item.text))
