"""Each quarter the outlet ranked last closes and a new one opens (S-249): how outlets are ranked, and what is still missing (docs/domain/outlets.md)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from campaigns.outlets.terms import Problem

_MONTHS = 12
_QUARTER = 3
_NOTHING = Decimal(-1)


@dataclass(frozen=True, slots=True)
class Standing:
    """An outlet in a quarter: what it sold, the mean of its inspections; None where nobody told."""

    outlet: int
    sold: Decimal | None
    score: Decimal | None
    opened_on: date


@dataclass(frozen=True, slots=True)
class Turn:
    """Outlets that closed and opened in a quarter, those open at its end, and how many are to be kept."""

    closed: int
    opened: int
    open: int
    kept: int

    @property
    def missing(self) -> int:
        """How many are still to be opened to keep the number."""
        return max(0, self.kept - self.open)

    @property
    def is_done(self) -> bool:
        """The last one has gone and a new one has come."""
        return self.closed > 0 and self.opened > 0


def quarter_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of the quarter that holds `day`."""
    first = date(day.year, (day.month - 1) // _QUARTER * _QUARTER + 1, 1)
    return first, month_after(month_after(month_after(first))) - timedelta(days=1)


def month_after(month: date) -> date:
    """Return the first day of the next month."""
    return date(month.year + month.month // _MONTHS, month.month % _MONTHS + 1, 1)


def quarter_named(words: str) -> tuple[date, date] | None:
    """Read "2026-Q3"; None for anything else."""
    year, mark, number = words.partition("-Q")
    if not mark or not year.isascii() or not year.isdecimal() or number not in {"1", "2", "3", "4"}:
        return None
    if not date.min.year < int(year) < date.max.year:
        return None
    return quarter_of(date(int(year), (int(number) - 1) * _QUARTER + 1, 1))


def name_of(first: date) -> str:
    """Return "2026-Q3" for a quarter that begins on `first`."""
    return f"{first.year}-Q{(first.month - 1) // _QUARTER + 1}"


def ranked(standings: Iterable[Standing], first: date) -> list[Standing]:
    """Return the outlets that stood the whole quarter, the best first: by what they sold, then by their inspections, then the older one."""
    whole = [row for row in standings if row.opened_on < first]
    return sorted(whole, key=_worth)


def _worth(row: Standing) -> tuple[Decimal, Decimal, date, int]:
    sold = _NOTHING if row.sold is None else row.sold
    score = _NOTHING if row.score is None else row.score
    return -sold, -score, row.opened_on, row.outlet


def weakest(in_order: Sequence[Standing]) -> int | None:
    """Return the last of several outlets; one alone is not the weakest of anything."""
    return in_order[-1].outlet if len(in_order) > 1 else None


def day_problem(day: date, opened_on: date, today: date) -> Problem | None:
    """Say why something cannot have happened in an outlet on a day."""
    if day > today:
        return Problem.FUTURE
    return Problem.BEFORE_OPENING if day < opened_on else None


def month_problem(month: date, opened_on: date, closed_on: date | None, today: date) -> Problem | None:
    """Say why an outlet cannot have sold anything in a month (its first day)."""
    if month.day != 1:
        return Problem.NOT_A_MONTH
    if month > today:
        return Problem.FUTURE
    if month_after(month) <= opened_on:
        return Problem.BEFORE_OPENING
    return Problem.AFTER_CLOSING if closed_on is not None and month > closed_on else None
