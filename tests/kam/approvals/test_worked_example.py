"""The table of docs/domain/approvals.md is what the rules do."""

from decimal import Decimal

import pytest
from django.conf import settings

from kam.approvals.rules import Facts, Requester, Step, stages_for
from kam.approvals.terms import Outcome
from kam.users.terms import Position

P = Position
ROUTE = [Step(1, (P.MANAGER,)), Step(2, (P.DIRECTOR,)), Step(3, (P.FINANCE,), amount_over=Decimal(0))]
LEFT_OUT = {Outcome.NOT_NEEDED, Outcome.OWN_LEVEL, Outcome.VACANT, Outcome.INVOLVED, Outcome.SAME_PERSON}


def examples():
    text = (settings.BASE_DIR / "docs" / "domain" / "approvals.md").read_text("utf-8")
    table = text.split("| asks |")[1].split("\n\n")[0].splitlines()[2:]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in table]


def test_the_page_has_its_six_examples():
    assert len(examples()) == 6


@pytest.mark.parametrize(("asks", "amount", "decided", "left_out"), examples())
def test_the_worked_example(asks, amount, decided, left_out):
    holders = {position: (number,) for number, position in enumerate(P)}
    asking = Requester(list(P).index(P(asks)), P(asks))
    staging = stages_for(ROUTE, Facts(amount=Decimal(amount)), asking, holders)
    assert " → ".join(stage.positions[0] for stage in staging.stages) == decided
    dropped = [f"{line.positions[0]}: {line.outcome}" for line in staging.trace if line.outcome in LEFT_OUT]
    assert ", ".join(dropped) == left_out
