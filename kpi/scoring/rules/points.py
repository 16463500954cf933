"""Five ways from a result to points; each stays between nothing and the line's full points (docs/domain/kpi.md)."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from kpi.scoring.terms import Method

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")
BEST_RATING = 5
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Steps:
    """Full points at the standard, `off` points less for each full `step` away from it (S-205)."""

    standard: Decimal
    step: Decimal
    off: Decimal
    lower_is_better: bool = False
    method = Method.STEPS

    def steps_of(self, result: Fraction) -> int:
        """Return the full steps by which the standard was missed, from the exact fraction."""
        missed = result - Fraction(self.standard)
        missed = missed if self.lower_is_better else -missed
        return int(missed // Fraction(self.step)) if missed > 0 else 0

    def points(self, full: Decimal, result: Fraction) -> Fraction:
        return Fraction(full) - self.steps_of(result) * Fraction(self.off)


@dataclass(frozen=True, slots=True)
class Bands:
    """A table: from which result on which share of the points (in percent); below the first band nothing."""

    bands: tuple[tuple[Decimal, Decimal], ...]
    lower_is_better: bool = False
    method = Method.BANDS

    def points(self, full: Decimal, result: Fraction) -> Fraction:
        reached = [share for edge, share in self.bands if self._reaches(result, Fraction(edge))]
        return Fraction(full) * Fraction(max(reached, default=Decimal(0))) / WHOLE

    def _reaches(self, result: Fraction, edge: Fraction) -> bool:
        return result <= edge if self.lower_is_better else result >= edge


@dataclass(frozen=True, slots=True)
class Linear:
    """Straight from nothing at `nothing_at` to full points at `full_at`; lower is better where the second is smaller."""

    nothing_at: Decimal
    full_at: Decimal
    method = Method.LINEAR

    def points(self, full: Decimal, result: Fraction) -> Fraction:
        way = Fraction(self.full_at) - Fraction(self.nothing_at)
        return Fraction(full) * (result - Fraction(self.nothing_at)) / way


@dataclass(frozen=True, slots=True)
class Count:
    """So many points for each; or, where lower is better, full points and so many less for each."""

    each: Decimal
    lower_is_better: bool = False
    method = Method.COUNT

    def points(self, full: Decimal, result: Fraction) -> Fraction:
        moved = result * Fraction(self.each)
        return Fraction(full) - moved if self.lower_is_better else moved


@dataclass(frozen=True, slots=True)
class Rating:
    """A rubric from 1 to 5; each grade is a fifth of the points."""

    method = Method.RATING

    def points(self, full: Decimal, result: Fraction) -> Fraction:
        return Fraction(full) * result / BEST_RATING


Scoring = Steps | Bands | Linear | Count | Rating


def points_of(scoring: Scoring, full: Decimal, result: Fraction) -> Decimal:
    """Return the points of a result: not below nothing, not above `full`, half up to the hundredth."""
    return half_up(min(max(scoring.points(full, result), Fraction(0)), Fraction(full)))


def half_up(points: Fraction) -> Decimal:
    """Round an exact number of points half up to 0.01."""
    return (Decimal((points * 1_000_000).__floor__()) / 1_000_000).quantize(CENT, rounding=ROUND_HALF_UP)


def problem_of(scoring: Scoring) -> str:
    """Return why these terms cannot be; an empty text where they can."""
    match scoring:
        case Steps(step=step, off=off) if step <= 0 or off < 0:
            return "step"
        case Bands(bands=bands) if not bands or any(not 0 <= share <= WHOLE for _edge, share in bands):
            return "bands"
        case Linear(nothing_at=nothing, full_at=full) if nothing == full:
            return "linear"
        case Count(each=each) if each <= 0:
            return "each"
        case _:
            return ""
