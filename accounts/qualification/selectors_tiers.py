"""Which tier a unit deserves and why, from what every registered room knows of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from accounts.qualification.labels import AXIS_LABELS
from accounts.qualification.models import TierProposal, TierScheme
from accounts.qualification.registry import Worth, measure_of, worth_of
from accounts.qualification.rules.tiers import GradedMeasure, Outcome, TierRules, judge_tier, read_rules
from accounts.qualification.terms import Axis, Level
from accounts.units.models import KeyAccount
from accounts.units.terms import Tier


@dataclass(frozen=True, slots=True)
class ShownMeasure:
    """A line of the explanation: the measure's name with its figure, grade and what would lift it."""

    line: GradedMeasure
    label: Any
    unit: Any


@dataclass(frozen=True, slots=True)
class ShownAxis:
    axis: Axis
    label: Any
    points: Decimal
    level: Level
    known: int
    lines: list[ShownMeasure]


@dataclass(frozen=True, slots=True)
class Explained:
    """A tier explained point by point; `worth` says where the value in yuan comes from."""

    scheme: TierScheme
    rules: TierRules
    outcome: Outcome
    axes: list[ShownAxis]
    worth: Worth | None = None

    @property
    def matrix(self) -> list[tuple[Level, list[tuple[Level, Tier, bool]]]]:
        """Rows of the matrix, highest value first; the unit's own cell is marked."""
        here = (self.outcome.value.level, self.outcome.potential.level)
        return [
            (value, [(p, self.rules.matrix[value, p], (value, p) == here) for p in Level])
            for value in reversed(Level)
        ]


def scheme_on(day: date) -> TierScheme | None:
    return TierScheme.objects.in_force(day).first()


def figures_of(units: QuerySet[KeyAccount], rules: TierRules, day: date) -> dict[int, dict[str, Decimal]]:
    """Return unit id → measure → figure, for every measure that the rules name: a fixed number of queries."""
    found: dict[int, dict[str, Decimal]] = {}
    for rule in rules.measures:
        measure = measure_of(rule.key)
        if measure is None or not rule.weight:
            continue
        for unit_id, figure in measure.read(units, day).items():
            found.setdefault(unit_id, {})[rule.key] = figure
    return found


def outcomes_of(units: QuerySet[KeyAccount], rules: TierRules, day: date) -> dict[int, Outcome]:
    """Return unit id → what it comes to, for all units of the query."""
    figures = figures_of(units, rules, day)
    return {
        pk: judge_tier(rules, figures.get(pk, {})) for pk in units.order_by().values_list("pk", flat=True)
    }


def explain(unit: KeyAccount, day: date) -> Explained | None:
    """Return what a unit comes to on a day by the rules of that day; None before there were rules."""
    scheme = scheme_on(day)
    if scheme is None:
        return None
    rules = read_rules(scheme.rules)
    units = KeyAccount.objects.filter(pk=unit.pk)
    outcome = judge_tier(rules, figures_of(units, rules, day).get(unit.pk, {}))
    return Explained(scheme, rules, outcome, _axes(outcome), worth_of(units, day).get(unit.pk))


def explain_proposal(proposal: TierProposal) -> Explained:
    """Return what a proposal was made from: the figures of its own day, by the rules of its own day."""
    rules = read_rules(proposal.scheme.rules)
    outcome = judge_tier(rules, frozen_figures(proposal.seen))
    return Explained(proposal.scheme, rules, outcome, _axes(outcome))


def frozen_figures(seen: Mapping[str, str]) -> dict[str, Decimal]:
    return {key: Decimal(text) for key, text in seen.items()}


def _axes(outcome: Outcome) -> list[ShownAxis]:
    sides = ((Axis.VALUE, outcome.value), (Axis.POTENTIAL, outcome.potential))
    return [
        ShownAxis(axis, AXIS_LABELS[axis], side.points, side.level, side.known, _shown(outcome.lines, axis))
        for axis, side in sides
    ]


def _shown(lines: Iterable[GradedMeasure], axis: Axis) -> list[ShownMeasure]:
    shown = []
    for line in lines:
        if line.rule.axis is axis and line.rule.weight:
            measure = measure_of(line.rule.key)
            label = measure.label if measure else line.rule.key
            shown.append(ShownMeasure(line, label, measure.unit if measure else ""))
    return shown


def last_rejected(unit_ids: Iterable[int], scheme: TierScheme) -> dict[int, TierProposal]:
    """Return per unit what was rejected last under these rules; under new rules it is another question."""
    rows = TierProposal.objects.filter(unit__in=list(unit_ids), scheme=scheme, state="rejected")
    return {row.unit_id: row for row in rows.order_by("unit_id", "-id").distinct("unit_id")}
