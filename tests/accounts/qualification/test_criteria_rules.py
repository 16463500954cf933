"""One criterion against what is known, without a database."""

import pytest

from accounts.qualification.rules.criteria import Criterion, Finding, Statement, judge, judge_all, qualifies
from accounts.qualification.terms import CriterionKind, Operator


def criterion(operator, threshold, also=""):
    return Criterion("c", CriterionKind.RULE, "fact", operator, threshold, also)


@pytest.mark.parametrize(
    ("operator", "threshold", "value", "holds"),
    [
        (Operator.AT_LEAST, "50000", "50000.00", True),
        (Operator.AT_LEAST, "50000", "49999.99", False),
        (Operator.AT_MOST, "100", "100", True),
        (Operator.AT_MOST, "100", "100.01", False),
        (Operator.IS, "yes", "yes", True),
        (Operator.IS, "yes", "no", False),
        (Operator.AT_LEAST, "50000", "many", False),
        (Operator.AT_MOST, "100", "many", False),
        (Operator.AT_LEAST, "50000", "", None),
        (Operator.AT_LEAST, "50000", None, None),
    ],
)
def test_a_rule_on_a_fact(operator, threshold, value, holds):
    facts = {"fact": value}
    assert judge(criterion(operator, threshold), facts, {}) == Finding(
        "c", holds, "" if holds is None else value
    )


@pytest.mark.parametrize(("also", "holds"), [("yes", True), ("no", False), (None, False)])
def test_a_second_fact_must_be_yes_as_well(also, holds):
    facts = {"fact": "60000", "paid": also}
    assert judge(criterion(Operator.AT_LEAST, "50000", also="paid"), facts, {}).holds is holds


def test_a_statement_holds_until_it_is_withdrawn():
    said = Criterion("c", CriterionKind.STATEMENT)
    assert judge(said, {}, {}) == Finding("c", None)
    assert judge(said, {}, {"c": Statement(True, "paper 3")}) == Finding("c", True, "paper 3")
    assert judge(said, {}, {"c": Statement(False, "sold")}) == Finding("c", False, "sold")


def test_enough_criteria_must_hold():
    criteria = [criterion(Operator.AT_LEAST, "10"), criterion(Operator.AT_LEAST, "99")]
    findings = judge_all(criteria, {"fact": "50"}, {})
    assert [finding.holds for finding in findings] == [True, False]
    assert qualifies(findings)
    assert not qualifies(findings, needed=2)
    assert not qualifies([])
    assert qualifies([Finding("a", True), Finding("b", True)], needed=2)
