"""Is this a key account? Any single criterion that holds is enough (S-003); 50,000 yuan counts, 49,999.99 does not (S-004).

A criterion is a rule on a fact ("largest deal is at least 50,000") or a statement that somebody confirmed with evidence. See
docs/domain/units.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from accounts.qualification.terms import CriterionKind, Operator


@dataclass(frozen=True, slots=True)
class Criterion:
    """One version of a criterion, as the rule needs it. `also_fact` must be yes as well, where it is named."""

    code: str
    kind: CriterionKind
    fact: str = ""
    operator: str = ""
    threshold: str = ""
    also_fact: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What was last said about a criterion: holds or withdrawn, and the proof."""

    holds: bool
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a criterion holds: True, False, or None where nothing is known; `seen` is the value or the evidence."""

    code: str
    holds: bool | None
    seen: str = ""


def judge(criterion: Criterion, facts: Mapping[str, object], statements: Mapping[str, Statement]) -> Finding:
    """Return whether one criterion holds, and what was seen."""
    if criterion.kind is CriterionKind.STATEMENT:
        said = statements.get(criterion.code)
        return Finding(criterion.code, said.holds if said else None, said.text if said else "")
    value = facts.get(criterion.fact)
    if value in (None, ""):
        return Finding(criterion.code, None)
    holds = _compare(value, criterion)
    if holds and criterion.also_fact:
        holds = facts.get(criterion.also_fact) == "yes"
    return Finding(criterion.code, holds, str(value))


def judge_all(
    criteria: Sequence[Criterion], facts: Mapping[str, object], statements: Mapping[str, Statement]
) -> list[Finding]:
    """Return one finding a criterion, in the order given."""
    return [judge(criterion, facts, statements) for criterion in criteria]


def qualifies(findings: Sequence[Finding], *, needed: int = 1) -> bool:
    """Say whether enough criteria hold."""
    return sum(finding.holds is True for finding in findings) >= needed


def _compare(value: object, criterion: Criterion) -> bool:
    if criterion.operator == Operator.IS:
        return str(value) == criterion.threshold
    try:
        seen, limit = Decimal(str(value)), Decimal(criterion.threshold)
    except InvalidOperation:
        return False
    return seen >= limit if criterion.operator == Operator.AT_LEAST else seen <= limit
