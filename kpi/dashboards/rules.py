"""Forecast by pace and by pipeline, return per unit, months without an order, and where lines of a chart stand (docs/domain/kpi.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from kam.core.periods import Period

CENT = Decimal("0.01")
#: The drawing area of a trend: a viewBox of these units.
WIDTH, HEIGHT = 720, 200


def forecast(reached: Decimal, *, worked: int, working: int) -> Decimal | None:
    """Return what the month comes to at the pace so far, by working days; None before the first one is over."""
    if worked <= 0 or working <= 0:
        return None
    return _cents(Fraction(reached) * working / min(worked, working))


def to_whole_number(exact: Decimal) -> Decimal:
    """Return the nearest whole number, a half upwards: nobody makes 15.75 visits."""
    return exact.quantize(Decimal(1), rounding=ROUND_HALF_UP)


def _cents(exact: Fraction) -> Decimal:
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(CENT, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Pace:
    """How a month goes on: what was reached in how many of its working days, what the pipeline may add, what is planned."""

    reached: Decimal
    worked: int
    working: int
    pipeline: Decimal
    planned: Decimal | None

    @property
    def a_day(self) -> Decimal | None:
        """What a working day brought so far."""
        return _cents(Fraction(self.reached) / self.worked) if self.worked > 0 else None

    @property
    def by_pace(self) -> Decimal | None:
        """Reached ÷ working days so far × working days of the month."""
        return forecast(self.reached, worked=self.worked, working=self.working)

    @property
    def by_pipeline(self) -> Decimal:
        """Reached, and everything that is signed and waits for its first payment."""
        return self.reached + self.pipeline

    @property
    def left(self) -> Decimal | None:
        """What is missing from the plan; None without one."""
        return None if self.planned is None else max(self.planned - self.reached, Decimal(0))

    @property
    def days_left(self) -> int:
        return max(self.working - self.worked, 0)

    @property
    def needed_a_day(self) -> Decimal | None:
        """What each working day that is left must bring; None without a plan, or when no day is left."""
        if self.left is None or not self.days_left:
            return None
        return _cents(Fraction(self.left) / self.days_left)


@dataclass(frozen=True, slots=True)
class Returned:
    """What a unit brought, what it cost; `times` is how often the cost came back, None where nothing was spent."""

    sales: Decimal
    cost: Decimal
    gain: Decimal
    times: Decimal | None


def return_of(sales: Decimal, cost: Decimal) -> Returned:
    """Return sales less cost, and sales ÷ cost to two decimals (S-211)."""
    times = _cents(Fraction(sales) / Fraction(cost)) if cost > 0 else None
    return Returned(sales, cost, sales - cost, times)


@dataclass(frozen=True, slots=True)
class Months:
    """A person's months: how many deals each closed; None before the first day here and after today."""

    person: int
    name: str
    cells: tuple[tuple[Period, Decimal | None], ...]

    @property
    def key(self) -> str:
        """The person as addresses name them."""
        return str(self.person)

    @property
    def empty(self) -> int:
        return months_without([count for _month, count in self.cells if count is not None])


@dataclass(frozen=True, slots=True)
class Grid:
    """Person × month; `empty` and `people` are of all, `rows` are those shown."""

    months: tuple[Period, ...]
    rows: tuple[Months, ...]
    people: int
    empty: int


def without_orders(
    people: Sequence[tuple[int, str, date | None]],
    months: Sequence[Period],
    told: Mapping[tuple[int, date], Decimal],
    *,
    today: date,
    most: int,
) -> Grid:
    """Return the deals of each person and month, those with the most empty months first (“every month an order”, S-210)."""
    rows = [
        Months(pk, name, tuple((month, _count(pk, month, joined, told, today)) for month in months))
        for pk, name, joined in people
    ]
    order = sorted(rows, key=lambda row: (-row.empty, row.name, row.person))
    return Grid(tuple(months), tuple(order[:most]), len(rows), sum(row.empty for row in rows))


def _count(
    person: int, month: Period, joined: date | None, told: Mapping[tuple[int, date], Decimal], today: date
) -> Decimal | None:
    """A month counts from the first whole one on, and the running one only once it has an order."""
    count = told.get((person, month.first), Decimal(0))
    is_before = joined is not None and joined > month.first
    is_open = month.last >= today
    return None if not count and (is_before or is_open) else count


def percent_of(value: Decimal, whole: Decimal | None) -> int | None:
    """Return a share in whole percent, for a bar: between 0 and 100; None without a whole."""
    reached = reached_of(value, whole)
    return None if reached is None else min(max(reached, 0), 100)


def reached_of(value: Decimal, whole: Decimal | None) -> int | None:
    """Return how much of a target is reached in whole percent, cut and not bounded: 225 of 100 are 225; None without a target."""
    return None if whole is None or whole <= 0 else int(value / whole * 100)


def line_points(values: Sequence[Decimal], whole: Decimal | None = None) -> list[tuple[int, int]]:
    """Return where the points of a line stand, from left to right; `whole` or the largest value is at the top, nothing at the bottom."""
    top = whole or max([*values, Decimal(0)]) or Decimal(1)
    step = Fraction(WIDTH, max(len(values) - 1, 1))
    return [
        (round(place * step), round(HEIGHT - HEIGHT * max(value, Decimal(0)) / top))
        for place, value in enumerate(values)
    ]


def months_without(values: Sequence[Decimal]) -> int:
    """Return how many of these months had nothing (“every month an order”, S-210)."""
    return sum(value <= 0 for value in values)
