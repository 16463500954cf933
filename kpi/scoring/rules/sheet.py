"""A sheet of a hundred points: lines that can be assessed, lines that are waived, and what becomes of their weight."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kpi.scoring.rules.points import Scoring, half_up, points_of
from kpi.scoring.terms import Why

FULL = Decimal("100.00")


@dataclass(frozen=True, slots=True)
class Asked:
    """A line before scoring: its weight, how it is scored, its exact result or why there is none, and whether it is waived."""

    key: str
    weight: Decimal
    scoring: Scoring
    result: Fraction | None
    why: Why | None = None
    is_waived: bool = False


@dataclass(frozen=True, slots=True)
class Scored:
    """A line after scoring: `of` is its weight with its share of the waived ones; no points where it cannot be assessed."""

    key: str
    of: Decimal
    points: Decimal | None
    is_waived: bool
    why: Why | None


@dataclass(frozen=True, slots=True)
class Total:
    """All lines and their sum; `is_whole` says that each line has points or is waived, and that not all are."""

    lines: tuple[Scored, ...]
    points: Decimal
    is_whole: bool


def score_sheet(lines: Sequence[Asked]) -> Total:
    """Return the points of every line and their sum."""
    weights = shared_out([line.weight for line in lines], [line.is_waived for line in lines])
    scored = tuple(_scored(line, of) for line, of in zip(lines, weights, strict=True))
    counted = [row for row in scored if not row.is_waived]
    return Total(
        scored,
        sum((row.points for row in counted if row.points is not None), Decimal("0.00")),
        bool(counted) and all(row.points is not None for row in counted),
    )


def _scored(line: Asked, of: Decimal) -> Scored:
    if line.is_waived or line.result is None:
        return Scored(
            line.key, of, None, line.is_waived, None if line.is_waived else line.why or Why.NOTHING_DUE
        )
    points = points_of(line.scoring, line.weight, line.result)
    if of != line.weight:
        points = half_up(Fraction(points) * Fraction(of) / Fraction(line.weight))
    return Scored(line.key, of, points, False, None)


def shared_out(weights: Sequence[Decimal], waived: Sequence[bool]) -> list[Decimal]:
    """Return the weights after the waived ones were shared pro rata; half up, what rounding leaves goes to the largest line."""
    told = list(zip(weights, waived, strict=True))
    left = [weight for weight, gone in told if not gone]
    if not any(waived) or not left:
        return [Decimal("0.00") if gone else weight for weight, gone in told]
    total, kept = Fraction(sum(weights)), Fraction(sum(left))
    shares = [Decimal("0.00") if gone else half_up(Fraction(weight) * total / kept) for weight, gone in told]
    largest = max(range(len(shares)), key=lambda place: shares[place])
    shares[largest] += sum(weights) - sum(shares)
    return shares


def is_below(points: Decimal, limit: Decimal) -> bool:
    """Say whether a total lies below the limit at which a warning is proposed (S-208; 60 is our assumption)."""
    return points < limit
