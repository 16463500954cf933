"""What an honour must say, and who proposes one. No database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from kam.users.terms import Position
from kpi.honours.permissions import can_propose, can_propose_again, can_see_honours
from kpi.honours.rules import About, honour_problem
from kpi.honours.terms import HonourKind, Occasion

TODAY = date(2026, 6, 20)
GOOD = About(HonourKind.TITLE, Occasion.TARGET, 1, None, None, None, TODAY)
MONEY = replace(GOOD, kind=HonourKind.MONEY, amount=Decimal("0.01"))


@pytest.mark.parametrize(
    ("about", "problem"),
    [
        (GOOD, None),
        (MONEY, None),
        (replace(GOOD, person=None, team=7), None),
        (replace(GOOD, occasion=Occasion.UNIT_WON, unit=3), None),
        (replace(GOOD, person=None), ("person", "nobody")),
        (replace(GOOD, team=7), ("team", "both")),
        (replace(GOOD, person=9), ("person", "oneself")),
        (replace(GOOD, occasion=Occasion.UNIT_WON), ("unit", "which_unit")),
        (replace(MONEY, amount=None), ("amount", "no_amount")),
        (replace(MONEY, amount=Decimal(0)), ("amount", "no_amount")),
        (replace(GOOD, amount=Decimal(1)), ("amount", "no_money")),
        (replace(GOOD, on=date(2026, 6, 21)), ("on", "future")),
    ],
)
def test_the_first_thing_that_cannot_be_is_named(about, problem):
    assert honour_problem(about, by=9, today=TODAY) == problem


def someone(position, pk=1, *, is_active=True):
    return SimpleNamespace(pk=pk, position=position, is_active=is_active)


def test_manager_director_and_hr_propose():
    may = {position for position in Position if can_propose(someone(position))}
    assert may == {Position.MANAGER, Position.DIRECTOR, Position.HR}
    assert not can_propose(someone(Position.DIRECTOR, is_active=False))
    assert can_see_honours(someone(Position.FINANCE))
    assert not can_see_honours(someone(Position.FINANCE, is_active=False))


def test_only_what_was_returned_is_proposed_again_by_the_same_person():
    returned = SimpleNamespace(proposed_by_id=1, state="returned")
    assert can_propose_again(someone(Position.MANAGER), returned)
    assert not can_propose_again(someone(Position.MANAGER, pk=2), returned)
    assert not can_propose_again(someone(Position.MANAGER, is_active=False), returned)
    assert not can_propose_again(
        someone(Position.MANAGER), SimpleNamespace(proposed_by_id=1, state="pending")
    )
