"""A pivot is put together from groups; a period has a name; a schedule has a next day (docs/domain/reports.md)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from kam.core.periods import Period, iso_week_of, month_of
from kpi.reports.terms import Order, Rhythm, Span

#: More groups than this are refused: nobody reads them, and the page would not open.
MOST_CELLS = 6_000
#: Lines and columns that are drawn; sums are of all.
MOST_ROWS, MOST_COLUMNS = 300, 60
MONTHS = 12
DAYS = 30
NOUGHT = Decimal(0)
#: A schedule "every month" never skips one: the last day it may name.
LAST_DAY = 28


def days_of(span: Span, today: date, chosen: tuple[date | None, date | None]) -> Period | None:
    """Return the days a period's name means today; None for all days, and for chosen days that are no period."""
    if span is Span.ALL:
        return None
    if span is Span.CHOSEN:
        first, last = chosen
        return Period(first, last) if first and last and first <= last else None
    return _NAMED[span](today)


def _quarter(today: date) -> Period:
    first = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    return Period(first, month_of(first + timedelta(days=70)).last)


def _year_of_months(today: date) -> Period:
    index = today.year * MONTHS + today.month - MONTHS  # the month after the same one a year ago
    return Period(date(index // MONTHS, index % MONTHS + 1, 1), month_of(today).last)


_NAMED: dict[Span, Callable[[date], Period]] = {
    Span.THIS_MONTH: month_of,
    Span.LAST_MONTH: lambda today: month_of(month_of(today).first - timedelta(days=1)),
    Span.THIS_QUARTER: _quarter,
    Span.THIS_YEAR: lambda today: Period(date(today.year, 1, 1), date(today.year, 12, 31)),
    Span.LAST_WEEK: lambda today: iso_week_of(today - timedelta(days=7)),
    Span.DAYS_30: lambda today: Period(today - timedelta(days=DAYS - 1), today),
    Span.MONTHS_12: _year_of_months,
}

Cells = Mapping[tuple[Any, Any], Decimal]
Sums = Mapping[Any, Decimal]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a pivot: its value, its words, a figure a column (None: there is nothing), its sum."""

    key: Any
    label: str
    cells: tuple[Decimal | None, ...]
    total: Decimal


@dataclass(frozen=True, slots=True)
class Table:
    """A pivot. `lines` and `columns` are those shown, the sums are of all; `hidden` says how many lines and columns are not."""

    columns: tuple[tuple[Any, str], ...]
    lines: tuple[Line, ...]
    sums: tuple[Decimal, ...]
    total: Decimal
    hidden: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums that cannot be added up from the cells: an average, a number of different units."""

    lines: Sums
    columns: Sums
    all: Decimal


def added_up(cells: Cells) -> Totals:
    """Return the sums of a figure that adds up."""
    lines: dict[Any, Decimal] = {}
    columns: dict[Any, Decimal] = {}
    for (line, column), amount in cells.items():
        lines[line] = lines.get(line, NOUGHT) + amount
        columns[column] = columns.get(column, NOUGHT) + amount
    return Totals(lines, columns, sum(lines.values(), NOUGHT))


def table_of(
    cells: Cells, totals: Totals, *, lines: Mapping[Any, str], columns: Mapping[Any, str], order: Order
) -> Table:
    """Put a pivot together: lines in the order of their words or by their sum, columns in theirs; what is not known comes last."""
    heads = sorted((head for head in columns if head in totals.columns), key=_is_nothing)
    keys = sorted((key for key in lines if key in totals.lines), key=_is_nothing)
    if order is Order.TOTAL:
        keys.sort(key=lambda key: -totals.lines[key])
    shown = heads[:MOST_COLUMNS]
    return Table(
        tuple((key, columns[key]) for key in shown),
        tuple(
            Line(key, lines[key], tuple(cells.get((key, head)) for head in shown), totals.lines[key])
            for key in keys[:MOST_ROWS]
        ),
        tuple(totals.columns[head] for head in shown),
        totals.all,
        (max(len(keys) - MOST_ROWS, 0), max(len(heads) - MOST_COLUMNS, 0)),
    )


def _is_nothing(key: Any) -> bool:
    return key in (None, "")


def next_day(rhythm: Rhythm, place: int, after: date) -> date:
    """Return the first day after `after` on which a report goes out: `place` is the weekday (1–7), or the day of the month."""
    day = after + timedelta(days=1)
    if rhythm is Rhythm.WEEKLY:
        return day + timedelta(days=(place - day.isoweekday()) % 7)
    if rhythm is Rhythm.MONTHLY:
        wanted = min(place, LAST_DAY)
        return day.replace(day=wanted) if day.day <= wanted else month_of(day).last + timedelta(days=wanted)
    return day
