"""docs/domain/units.md says what the rules do."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from accounts.qualification.rules.criteria import Criterion, judge_all, qualifies
from accounts.qualification.terms import CriterionKind
from accounts.units.rules import credit_code_problem

TEXT = (Path(settings.BASE_DIR) / "docs" / "domain" / "units.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([\d.]+) \| (holds|does not hold) \| (yes|no) \|$", TEXT, re.MULTILINE)


def test_the_page_has_its_three_examples():
    assert len(ROWS) == 3


@pytest.mark.parametrize(("amount", "holds", "does"), ROWS)
def test_the_worked_example_is_what_happens(amount, holds, does):
    criterion = Criterion("large_deal", CriterionKind.RULE, "largest_deal", "at_least", "50000")
    findings = judge_all([criterion], {"largest_deal": amount}, {})
    assert (findings[0].holds, qualifies(findings)) == (holds == "holds", does == "yes")


def test_the_credit_code_of_the_page_is_valid():
    code = re.search(r"`(9\w{17})` is valid", TEXT).group(1)
    assert credit_code_problem(code) == ""
