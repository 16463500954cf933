"""Whether units qualify, and why."""

from dataclasses import dataclass

from django.utils.translation import get_language

from accounts.qualification.models import QualificationCriterion, QualificationEvidence
from accounts.qualification.registry import provided_facts
from accounts.qualification.rules import Criterion, Finding, Statement, judge, qualifies
from accounts.qualification.terms import CriterionKind
from accounts.units.models import KeyAccount, Observation
from kam.settings_rows.selectors import int_setting


@dataclass(frozen=True, slots=True)
class Judged:
    """A criterion with its finding, and the evidence behind a statement."""

    criterion: QualificationCriterion
    finding: Finding
    evidence: QualificationEvidence | None

    @property
    def label(self) -> str:
        return label_of(self.criterion)


@dataclass(frozen=True, slots=True)
class Qualification:
    rows: list[Judged]
    needed: int

    @property
    def holds(self) -> bool:
        return qualifies([row.finding for row in self.rows], needed=self.needed)

    @property
    def holding(self) -> list[Judged]:
        return [row for row in self.rows if row.finding.holds]


def label_of(criterion: QualificationCriterion) -> str:
    """Return the label in the reader's language; criteria are data, so their languages are columns."""
    column = {"zh-hans": "label_zh_hans", "zh-hant": "label_zh_hant"}.get(get_language() or "", "label")
    return getattr(criterion, column) or criterion.label


def qualification_of(unit: KeyAccount) -> Qualification:
    """Return every criterion in force with whether it holds and what was seen: four queries."""
    facts: dict[str, object] = dict(
        Observation.objects.filter(unit=unit).current().values_list("field", "value")
    )
    facts |= provided_facts([unit.pk])[unit.pk]
    evidence = {
        row.code: row
        for row in QualificationEvidence.objects.filter(unit=unit).current().select_related("by")
    }
    said = {code: Statement(row.holds, row.text) for code, row in evidence.items()}
    rows = [
        Judged(criterion, judge(as_rule(criterion), facts, said), evidence.get(criterion.code))
        for criterion in QualificationCriterion.objects.in_force()
    ]
    return Qualification(rows, int_setting("qualification_criteria_needed"))


def as_rule(criterion: QualificationCriterion) -> Criterion:
    return Criterion(
        criterion.code,
        CriterionKind(criterion.kind),
        criterion.fact,
        criterion.operator,
        criterion.threshold,
        criterion.also_fact,
    )
