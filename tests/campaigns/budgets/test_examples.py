"""The figures of docs/domain/budgets.md are those that the rules give."""

import re
from decimal import Decimal

from django.conf import settings

from campaigns.budgets.rules import Balance, missing, over_line
from campaigns.budgets.services.drafts import FIXTURE
from campaigns.budgets.services.ledger import said

TEXT = " ".join((settings.BASE_DIR / "docs" / "domain" / "budgets.md").read_text("utf-8").split())


def number(text):
    return Decimal(text.replace(",", ""))


def test_every_sum_in_the_text_adds_up():
    sums = re.findall(r"((?:[\d,]+ \+ )+[\d,]+) = ([\d,]+)", TEXT)
    assert len(sums) == 4
    assert [sum(map(number, parts.split(" + "))) for parts, _total in sums] == [number(t) for _p, t in sums]
    assert all(f'"amount": "{number(total)}.00"' in FIXTURE.read_text("utf-8") for _p, total in sums[1:3])


def test_the_refusal_and_the_warning_are_those_of_the_rules():
    line = Balance(Decimal(5_000))
    assert f"supplement of {said(missing(line, Decimal(5_001)))}" in TEXT
    assert f"warn ({over_line(line, Decimal(6_000)):,} too much)" in TEXT
