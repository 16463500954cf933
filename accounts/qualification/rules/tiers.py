"""Which tier does a unit deserve? Value × potential through a matrix (F02); a manager confirms it. See docs/domain/grading.md.

Each measure of an axis gives a grade from 1 to 5 by four rising steps; the weighted grades become points of a hundred, over what
is known. Points become a level, two levels become a tier. A value of which nothing is known is low; where too little of the
potential is known, nothing is proposed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

from accounts.qualification.terms import Axis, Level
from accounts.units.terms import Tier

STEPS = 4
WHOLE = 100
_BEST_FIRST = tuple(Tier)
_RISING = (Level.LOW, Level.MEDIUM, Level.HIGH)
#: One grade more is so many points.
_GRADE = Decimal(WHOLE) / STEPS


@dataclass(frozen=True, slots=True)
class MeasureRule:
    """How much a measure weighs on its axis, and what begins its grades 2 to 5."""

    key: str
    axis: Axis
    weight: int
    steps: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class TierRules:
    """One version of the rules of the tiers."""

    measures: tuple[MeasureRule, ...]
    medium: Decimal
    high: Decimal
    known_percent: Decimal
    matrix: Mapping[tuple[Level, Level], Tier]


@dataclass(frozen=True, slots=True)
class GradedMeasure:
    """One measure of one unit: what is known, its grade, and from which figure the next grade begins."""

    rule: MeasureRule
    seen: Decimal | None
    grade: int | None
    next_from: Decimal | None


@dataclass(frozen=True, slots=True)
class AxisPoints:
    """What an axis comes to: points over what is known, the weight that is known, the level."""

    points: Decimal
    known: int
    level: Level


@dataclass(frozen=True, slots=True)
class Outcome:
    """The proposed tier (None where too little is known) with everything it comes from."""

    tier: Tier | None
    value: AxisPoints
    potential: AxisPoints
    lines: tuple[GradedMeasure, ...]


def grade_of(seen: Decimal, steps: Sequence[Decimal]) -> int:
    """Return 1 plus the steps that were reached; a step counts from its own figure on."""
    return 1 + sum(seen >= step for step in steps)


def judge_tier(rules: TierRules, seen: Mapping[str, Decimal]) -> Outcome:
    """Return what a unit comes to, given measure → figure for what is known of it."""
    lines = tuple(_graded(rule, seen.get(rule.key)) for rule in rules.measures)
    value = _axis(rules, [line for line in lines if line.rule.axis is Axis.VALUE])
    potential = _axis(rules, [line for line in lines if line.rule.axis is Axis.POTENTIAL])
    is_known = potential.known >= rules.known_percent
    tier = rules.matrix[value.level, potential.level] if is_known else None
    return Outcome(tier, value, potential, lines)


def is_worth_proposing(
    outcome: Outcome, current: Tier, rejected: tuple[Tier, Decimal, Decimal] | None, *, moved: Decimal
) -> bool:
    """Say whether the manager shall be asked: another tier than now, and not the one rejected last, unless an axis moved since.

    `rejected` is the tier with the points of value and potential that were rejected last; `moved` is how many points are another case.
    """
    if outcome.tier is None or outcome.tier == current:
        return False
    if rejected is None or rejected[0] != outcome.tier:
        return True
    return max(abs(outcome.value.points - rejected[1]), abs(outcome.potential.points - rejected[2])) >= moved


def read_rules(kept: Mapping[str, Any]) -> TierRules:
    """Return rules as they are kept, in the shape of this module."""
    return TierRules(
        tuple(
            MeasureRule(
                row["key"], Axis(row["axis"]), int(row["weight"]), tuple(Decimal(s) for s in row["steps"])
            )
            for row in kept["measures"]
        ),
        Decimal(kept["levels"]["medium"]),
        Decimal(kept["levels"]["high"]),
        Decimal(kept["known_percent"]),
        {
            (Level(value), potential): Tier(tier)
            for value, tiers in kept["matrix"].items()
            for potential, tier in zip(_RISING, tiers, strict=True)
        },
    )


def rules_problem(kept: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return (place, code) of what is wrong with drafted rules, None for nothing."""
    for row in kept["measures"]:
        if not is_rising(row["steps"]):
            return f"steps_{row['key']}", "steps"
    for axis in Axis:
        if sum(int(row["weight"]) for row in kept["measures"] if row["axis"] == axis) != WHOLE:
            return f"weights_{axis}", "weights"
    medium, high = (Decimal(kept["levels"][name]) for name in ("medium", "high"))
    if not 0 < medium < high <= WHOLE:
        return "high", "levels"
    if not 0 <= Decimal(kept["known_percent"]) <= WHOLE:
        return "known_percent", "percent"
    return None if _is_monotone(read_rules(kept).matrix) else ("matrix", "matrix")


def is_rising(steps: Sequence[str]) -> bool:
    """Say whether these are four figures of which none is below the one before."""
    try:
        figures = [Decimal(step) for step in steps]
    except InvalidOperation:
        return False
    if len(figures) != STEPS or not all(figure.is_finite() and figure >= 0 for figure in figures):
        return False
    return figures == sorted(figures)


def _is_monotone(matrix: Mapping[tuple[Level, Level], Tier]) -> bool:
    """Say whether more value or more potential never leads to a lower tier."""
    rank = {cell: _BEST_FIRST.index(tier) for cell, tier in matrix.items()}
    pairs = list(pairwise(_RISING))
    across = all(rank[level, more] <= rank[level, less] for level in _RISING for less, more in pairs)
    return across and all(rank[more, level] <= rank[less, level] for level in _RISING for less, more in pairs)


def _graded(rule: MeasureRule, seen: Decimal | None) -> GradedMeasure:
    if seen is None:
        return GradedMeasure(rule, None, None, None)
    ahead = [step for step in rule.steps if step > seen]
    return GradedMeasure(rule, seen, grade_of(seen, rule.steps), ahead[0] if ahead else None)


def _axis(rules: TierRules, lines: Sequence[GradedMeasure]) -> AxisPoints:
    known = [(line.rule.weight, line.grade) for line in lines if line.grade is not None]
    weight = sum(weight for weight, _grade in known)
    if not weight:
        return AxisPoints(Decimal("0.0"), 0, Level.LOW)
    exact = sum((w * (grade - 1) * _GRADE for w, grade in known), Decimal(0)) / weight
    points = exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return AxisPoints(points, weight, _level(points, rules))


def _level(points: Decimal, rules: TierRules) -> Level:
    if points >= rules.high:
        return Level.HIGH
    return Level.MEDIUM if points >= rules.medium else Level.LOW
