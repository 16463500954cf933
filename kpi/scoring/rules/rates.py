"""Rates are exact fractions; four decimals are kept, two are shown, both truncated (12-decisions, 24; docs/domain/kpi.md)."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

KEPT = Decimal("0.0001")
SHOWN = Decimal("0.01")
HUNDRED = 100


def rate_of(actual: Decimal, base: Decimal | None) -> Fraction | None:
    """Return actual ÷ base in percent, exactly; None where there is no base to measure by (T-32)."""
    if base is None or base <= 0:
        return None
    return Fraction(actual) / Fraction(base) * HUNDRED


def rate_over(months: Iterable[tuple[Decimal, Decimal]]) -> Fraction | None:
    """Return the rate of a longer period: summed actuals ÷ summed bases, never the average of rates (T-35, D-11)."""
    told = list(months)
    return rate_of(sum((a for a, _b in told), Decimal(0)), sum((b for _a, b in told), Decimal(0)))


def kept(rate: Fraction) -> Decimal:
    """Return the rate as rows keep it: four decimals, truncated."""
    return _truncated(rate, KEPT)


def shown(rate: Fraction) -> Decimal:
    """Return the rate as screens show it: two decimals, truncated, so that 94.996 never reads 95.00."""
    return _truncated(rate, SHOWN)


def _truncated(rate: Fraction, to: Decimal) -> Decimal:
    whole = rate / Fraction(to)
    steps = abs(whole.numerator) // whole.denominator
    return (Decimal(steps if whole >= 0 else -steps) * to).quantize(to, rounding=ROUND_FLOOR)


def is_reached(actual: Decimal, norm: Decimal) -> bool:
    """Say whether a norm is met; “more than 5”, “more than 30”, “15 days” include the number (D-12)."""
    return actual >= norm


def is_on_time(handed_in: datetime, month: date, *, due_day: int) -> bool:
    """Say whether the report of `month` came by `due_day` of the next month; that day itself is on time (D-13).

    `handed_in` is department time.
    """
    following = date(month.year + month.month // 12, month.month % 12 + 1, due_day)
    return handed_in.date() <= following
