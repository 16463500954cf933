"""Whether units qualify, and why."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import number_format

from accounts.qualification.models import QualificationCriterion, QualificationEvidence
from accounts.qualification.registry import provided_facts
from accounts.qualification.rules.criteria import Criterion, Finding, Statement, judge, qualifies
from accounts.qualification.terms import CriterionKind
from accounts.units.models import KeyAccount, Observation, StatusChange
from accounts.units.selectors import value_text
from accounts.units.terms import Field, UnitStatus
from kam.core.clock import business_date
from kam.settings_rows.selectors import int_setting


@dataclass(frozen=True, slots=True)
class Judged:
    """A criterion with its finding, and the evidence behind a statement."""

    criterion: QualificationCriterion
    finding: Finding
    evidence: QualificationEvidence | None
    seen: str = ""

    @property
    def label(self) -> str:
        return label_of(self.criterion)


@dataclass(frozen=True, slots=True)
class Qualification:
    rows: list[Judged]
    needed: int
    day: date

    @property
    def holds(self) -> bool:
        return qualifies([row.finding for row in self.rows], needed=self.needed)

    @property
    def holding(self) -> list[Judged]:
        return [row for row in self.rows if row.finding.holds]


def seen_text(fact: str, value: object) -> str:
    """Return what is known of a fact as the record says it; facts of the rooms above are figures or words."""
    if fact in set(Field):
        return value_text(fact, value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return number_format(value, use_l10n=True, force_grouping=True)
    return "" if value is None else str(value)


def label_of(criterion: QualificationCriterion) -> str:
    """Return the label in the reader's language; criteria are data, so their languages are columns."""
    return str(criterion)


def qualification_of(unit: KeyAccount, day: date | None = None) -> Qualification:
    """Return every criterion in force on a day with whether it held by what was known then: four queries.

    What other rooms tell has no date: it counts today only.
    """
    day = day or business_date()
    known = Observation.objects.filter(unit=unit, learned_on__lte=day).current()
    facts: dict[str, object] = dict(known.values_list("field", "value"))
    if day == business_date():
        facts |= provided_facts([unit.pk])[unit.pk]
    said = (
        QualificationEvidence.objects.filter(unit=unit, on__lte=day)
        .current()
        .select_related("by", "criterion")
    )
    evidence = {row.code: row for row in said}
    statements = {code: Statement(row.holds, row.text) for code, row in evidence.items()}
    rows = [
        Judged(
            criterion,
            judge(as_rule(criterion), facts, statements),
            evidence.get(criterion.code),
            seen_text(criterion.fact, facts.get(criterion.fact)),
        )
        for criterion in QualificationCriterion.objects.in_force(day)
    ]
    return Qualification(rows, int_setting("qualification_criteria_needed", on=day), day)


def qualified_days(unit: KeyAccount) -> list[date]:
    """Return the days on which the unit was taken for a key account, newest first."""
    rows = StatusChange.objects.filter(unit=unit, new=UnitStatus.QUALIFIED).order_by("-on", "-pk")
    return list(rows.values_list("on", flat=True)[:10])


def criteria_holding(unit_ids: Collection[int]) -> dict[int, int]:
    """Return unit → how many criteria hold, for many units with the same few statements."""
    facts: dict[int, dict[str, object]] = {unit_id: {} for unit_id in unit_ids}
    for unit_id, field, value in (
        Observation.objects.filter(unit__in=unit_ids).current().values_list("unit", "field", "value")
    ):
        facts[unit_id][field] = value
    for unit_id, provided in provided_facts(unit_ids).items():
        facts[unit_id] |= provided
    said: dict[int, dict[str, Statement]] = {unit_id: {} for unit_id in unit_ids}
    for row in QualificationEvidence.objects.filter(unit__in=unit_ids).current():
        said[row.unit_id][row.code] = Statement(row.holds, row.text)
    rules = [as_rule(criterion) for criterion in QualificationCriterion.objects.in_force()]
    return {pk: sum(bool(judge(rule, facts[pk], said[pk]).holds) for rule in rules) for pk in unit_ids}


def as_rule(criterion: QualificationCriterion) -> Criterion:
    return Criterion(
        criterion.code,
        CriterionKind(criterion.kind),
        criterion.fact,
        criterion.operator,
        criterion.threshold,
        criterion.also_fact,
    )
