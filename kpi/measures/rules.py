"""Months, quarters and years, and how figures of months become one (docs/domain/kpi.md, 12-decisions 22)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import Generic, TypeVar

from kam.core.asked import day_in
from kam.core.periods import Period, month_of
from kpi.measures.terms import Kind, Over

NOUGHT = Decimal(0)
MONTHS_OF_A_QUARTER = 3
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose figure: a person, a team (or the teams of one manager), or the department."""

    kind: Kind
    ids: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """How an address names it: person-7, team-1-2, department."""
        return "-".join([self.kind.value, *map(str, self.ids)])


DEPARTMENT = Holder(Kind.DEPARTMENT)


@dataclass(frozen=True)
class ByHolder(Generic[Row]):
    """Rows of everybody as (person, team, row), looked up and not searched for: a closing asks them for each line of each sheet."""

    rows: Sequence[tuple[int | None, int | None, Row]]

    def of(self, holder: Holder) -> Iterator[Row]:
        """Yield the holder's rows: of the department all, else those of each id, each once."""
        if holder.kind is Kind.DEPARTMENT:
            return (row for _person, _team, row in self.rows)
        found = self._of_person if holder.kind is Kind.PERSON else self._of_team
        return chain.from_iterable(found.get(pk, ()) for pk in dict.fromkeys(holder.ids))

    @cached_property
    def _of_person(self) -> dict[int | None, list[Row]]:
        return _gathered((person, row) for person, _team, row in self.rows)

    @cached_property
    def _of_team(self) -> dict[int | None, list[Row]]:
        return _gathered((team, row) for _person, team, row in self.rows)


def _gathered(pairs: Iterable[tuple[int | None, Row]]) -> dict[int | None, list[Row]]:
    found: dict[int | None, list[Row]] = {}
    for key, row in pairs:
        found.setdefault(key, []).append(row)
    return found


def holder_named(text: str) -> Holder | None:
    """Return the holder that an address names; None for what no address of ours says."""
    word, *ids = text.split("-")
    if word not in set(Kind) or not all(_is_id(pk) for pk in ids):
        return None
    kind = Kind(word)
    if (kind is Kind.DEPARTMENT) == bool(ids) or (kind is Kind.PERSON and len(ids) != 1):
        return None
    return Holder(kind, tuple(int(pk) for pk in ids))


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def month_named(text: str) -> Period | None:
    """Return the month that `2026-10` names; None for anything else and for months nobody means."""
    day = day_in(f"{text}-01")
    return month_of(day) if day else None


def quarter_named(text: str) -> Period | None:
    """Return the quarter that `2026-Q4` names."""
    year, _dash, number = text.partition("-Q")
    if number not in {"1", "2", "3", "4"}:
        return None
    month = month_named(f"{year}-{int(number) * MONTHS_OF_A_QUARTER:02d}")
    return quarter_of(month.first) if month else None


def year_named(text: str) -> Period | None:
    """Return the year that `2026` names."""
    month = month_named(f"{text}-12")
    return year_of(month.first) if month else None


def period_named(text: str) -> Period | None:
    """Return the month, the quarter or the year that a name stands for."""
    return month_named(text) or quarter_named(text) or year_named(text)


def name_of(period: Period) -> str:
    """Return `2026-10` for a month, `2026-Q4` for a quarter, `2026` for a year, else both days."""
    first, last = period.first, period.last
    if period == month_of(first):
        return f"{first:%Y-%m}"
    if period == quarter_of(first):
        return f"{first.year}-Q{(first.month + 2) // MONTHS_OF_A_QUARTER}"
    if period == year_of(first):
        return str(first.year)
    return f"{first.isoformat()}…{last.isoformat()}"


def quarter_of(day: date) -> Period:
    """Return the quarter that holds `day`."""
    first = day.replace(month=(day.month - 1) // MONTHS_OF_A_QUARTER * MONTHS_OF_A_QUARTER + 1, day=1)
    return Period(first, month_of(first + timedelta(days=70)).last)


def year_of(day: date) -> Period:
    """Return the year that holds `day`."""
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))


def months_of(period: Period) -> list[Period]:
    """Return the months that a period touches, first to last."""
    found = [month_of(period.first)]
    while found[-1].last < period.last:
        found.append(month_of(found[-1].last + timedelta(days=1)))
    return found


def months_before(month: Period, count: int) -> list[Period]:
    """Return `count` months, the last of them `month`."""
    found = [month]
    while len(found) < count:
        found.append(month_of(found[-1].first - timedelta(days=1)))
    return found[::-1]


def periods_holding(day: date) -> list[Period]:
    """Return the month, the quarter and the year that hold `day`."""
    return [month_of(day), quarter_of(day), year_of(day)]


def parts_of(period: Period) -> list[Period]:
    """Return what a period is shown by: a year by its quarters, a quarter by its months, a month by nothing."""
    months = months_of(period)
    if len(months) <= MONTHS_OF_A_QUARTER:
        return months if len(months) > 1 else []
    return [quarter_of(month.first) for month in months[::MONTHS_OF_A_QUARTER]]


def put_together(over: Over, months: Sequence[Decimal]) -> Decimal:
    """Return the figure of a period from those of its months: flows are added, stocks are those of one end."""
    if not months:
        return NOUGHT
    if over is Over.OPENING:
        return months[0]
    return months[-1] if over is Over.CLOSING else sum(months, NOUGHT)


def sum_of(amounts: Iterable[Decimal]) -> Decimal:
    """Return the sum, exactly."""
    return sum(amounts, NOUGHT)
