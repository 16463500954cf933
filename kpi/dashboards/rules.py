"""Forecast by pace, and where lines and bars of a chart stand (docs/domain/kpi.md)."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

CENT = Decimal("0.01")
#: The drawing area of a trend: a viewBox of these units.
WIDTH, HEIGHT = 720, 200


def forecast(reached: Decimal, *, worked: int, working: int) -> Decimal | None:
    """Return what the month comes to at the pace so far, by working days; None before the first one is over."""
    if worked <= 0 or working <= 0:
        return None
    exact = Fraction(reached) * working / min(worked, working)
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(CENT, rounding=ROUND_HALF_UP)


def percent_of(value: Decimal, whole: Decimal | None) -> int | None:
    """Return a share in whole percent, for a bar: between 0 and 100; None without a whole."""
    if whole is None or whole <= 0:
        return None
    return int(min(max(value / whole, Decimal(0)), Decimal(1)) * 100)


def line_points(values: Sequence[Decimal]) -> list[tuple[int, int]]:
    """Return where the points of a line stand, from left to right; the largest value is at the top, nothing at the bottom."""
    top = max([*values, Decimal(0)]) or Decimal(1)
    step = Fraction(WIDTH, max(len(values) - 1, 1))
    return [
        (round(place * step), round(HEIGHT - HEIGHT * max(value, Decimal(0)) / top))
        for place, value in enumerate(values)
    ]


def months_without(values: Sequence[Decimal]) -> int:
    """Return how many of these months had nothing (“every month an order”, S-210)."""
    return sum(value <= 0 for value in values)
