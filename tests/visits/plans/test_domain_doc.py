"""The worked example of docs/domain/planning.md is what an approved line allows."""

import re
from decimal import Decimal

import pytest
from django.conf import settings

from visits.plans.rules import Terms, needs_approval

TEXT = (settings.BASE_DIR / "docs/domain/planning.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d+) yuan, (no gift|tea) \| ([^|]+) \|$", TEXT, re.MULTILINE)


def test_the_page_has_its_four_examples():
    assert len(ROWS) == 4


@pytest.mark.parametrize(("cost", "gift", "because"), ROWS)
def test_what_becomes_a_supplement(cost, gift, because):
    approved = Terms(unit_id=1, cost=Decimal(800), gifts="", vehicle_id=None)
    asked = Terms(unit_id=1, cost=Decimal(cost), gifts="" if gift == "no gift" else gift, vehicle_id=None)

    assert ", ".join(needs_approval(approved, asked)) == because.replace("–", "")
