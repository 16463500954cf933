"""Comprehensive evaluation of units (S-029, S-013): weighted grades become points, points stand above the line or not.

See docs/domain/grading.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from accounts.evaluation.terms import GRADES, Stage
from accounts.units.terms import UnitStatus

WHOLE = 100
_GRADE = Decimal(25)
_TENTH = Decimal("0.1")
_AFTER_TALKS = frozenset(
    {UnitStatus.DEVELOPING, UnitStatus.COOPERATING, UnitStatus.STABLE, UnitStatus.WON_BACK}
)


@dataclass(frozen=True, slots=True)
class DimensionDraft:
    """One dimension of drafted criteria: its code, weight, and the rubric of each language, a line a grade."""

    code: str
    weight: int
    rubrics: tuple[str, ...]


def points_of(grades: Mapping[str, int], weights: Mapping[str, int]) -> Decimal:
    """Return the points of a hundred: grade 1 is none of a dimension's weight, each further grade a quarter of it more."""
    exact = (
        sum((weight * (grades[code] - 1) * _GRADE for code, weight in weights.items()), Decimal(0)) / WHOLE
    )
    return exact.quantize(_TENTH, rounding=ROUND_HALF_UP)


def missing_grades(grades: Mapping[str, int | None], weights: Mapping[str, int]) -> list[str]:
    """Return the dimensions without a grade; a sheet is submitted only when there are none."""
    return [code for code in weights if grades.get(code) not in GRADES]


def is_above(points: Decimal, line: Decimal) -> bool:
    """Say whether points speak for the focus: on the line counts as above."""
    return points >= line


def needs_reason(points: Decimal, line: Decimal, *, focus: bool) -> bool:
    """Say whether a decision must say why: when it goes against the line."""
    return is_above(points, line) is not focus


def criteria_problem(dimensions: Sequence[DimensionDraft], line: Decimal) -> tuple[str, str] | None:
    """Return (place, code) of what is wrong with drafted criteria, None for nothing."""
    if not 0 < line <= WHOLE:
        return "line", "line"
    codes = [dimension.code for dimension in dimensions]
    if len(set(codes)) != len(codes):
        return "dimensions", "twice"
    if sum(dimension.weight for dimension in dimensions) != WHOLE:
        return "dimensions", "weights"
    for dimension in dimensions:
        if dimension.weight <= 0:
            return f"weight_{dimension.code}", "weight"
        if any(len(rubric_lines(rubric)) != len(GRADES) for rubric in dimension.rubrics):
            return f"rubric_{dimension.code}", "rubric"
    return None


def rubric_lines(rubric: str) -> list[str]:
    """Return what each grade means, lowest first."""
    return [line.strip() for line in rubric.splitlines() if line.strip()]


@dataclass(frozen=True, slots=True)
class Balance:
    """Value against cost of a unit; either is None where nothing is known."""

    value: Decimal | None
    cost: Decimal | None

    @property
    def is_loss(self) -> bool:
        """Nobody should do what costs more than it brings (S-023)."""
        return self.value is not None and self.cost is not None and self.cost > self.value

    @property
    def times(self) -> Decimal | None:
        """How many times the cost the value is, with one decimal."""
        if self.value is None or not self.cost:
            return None
        return (self.value / self.cost).quantize(_TENTH, rounding=ROUND_HALF_UP)


def stage_of(*, status: UnitStatus, is_surveyed: bool, is_evaluated: bool, is_focus: bool) -> Stage | None:
    """Return how far the selection has come; None for a unit nobody looked at yet (S-030)."""
    if is_focus:
        return Stage.FOCUS
    if is_evaluated:
        return Stage.EVALUATED
    if status in _AFTER_TALKS:
        return Stage.NEGOTIATING
    if status == UnitStatus.QUALIFIED:
        return Stage.TARGETED
    return Stage.SURVEYED if is_surveyed else None
