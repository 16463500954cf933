"""How value is spread over the units (80/20, S-009), and whether visits keep the norm of a tier (F02). See docs/domain/grading.md."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

WHOLE = Decimal(100)
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """After the `units` worth most: their share of all units and of all value, in per cent."""

    units: int
    units_percent: Decimal
    value_percent: Decimal


@dataclass(frozen=True, slots=True)
class Concentration:
    """The whole curve, and what its head holds: the `top_units` worth most have `top_percent` of the value."""

    total: Decimal
    points: tuple[CurvePoint, ...]
    top_units: int
    top_percent: Decimal


def concentration(amounts: Sequence[Decimal], *, top: Decimal) -> Concentration:
    """Return how the value is spread; the head is `top` per cent of the units, rounded up to whole ones."""
    ranked = sorted(amounts, reverse=True)
    total = sum(ranked, Decimal(0))
    head = int((len(ranked) * top / WHOLE).to_integral_value(ROUND_CEILING))
    points, running = [], Decimal(0)
    for place, amount in enumerate(ranked, 1):
        running += amount
        points.append(
            CurvePoint(place, percent_of(Decimal(place), Decimal(len(ranked))), percent_of(running, total))
        )
    share = points[head - 1].value_percent if head else Decimal("0.0")
    return Concentration(total, tuple(points), head, share)


def percent_of(part: Decimal, whole: Decimal) -> Decimal:
    """Return a share in per cent with one decimal, nought of nothing."""
    if not whole:
        return Decimal("0.0")
    return (part * WHOLE / whole).quantize(_TENTH, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Kept:
    """How many of the visits a tier asks for were made: more in one week do not make up for another."""

    done: int
    owed: int

    @property
    def missing(self) -> int:
        return max(self.owed - self.done, 0)

    @property
    def is_kept(self) -> bool:
        return self.missing == 0


def visits_kept(weeks: Sequence[int], a_week: Decimal) -> Kept:
    """Return what was kept of a norm of `a_week` visits over these weeks; a norm below one a week is looked at over all of them."""
    if a_week < 1:
        owed = int((a_week * len(weeks)).to_integral_value(ROUND_CEILING))
        return Kept(min(sum(weeks), owed), owed)
    each = int(a_week.to_integral_value(ROUND_CEILING))
    return Kept(sum(min(week, each) for week in weeks), each * len(weeks))
