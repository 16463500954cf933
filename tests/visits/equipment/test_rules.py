"""What may be lent, how long, and when it is overdue."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from kam.users.models import User
from kam.users.terms import Position
from visits.equipment import permissions as may
from visits.equipment.rules import LONGEST_DAYS, is_overdue, loan_problem
from visits.equipment.terms import LoanState

pytestmark = pytest.mark.rules
DAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("purpose", "first", "days", "problem"),
    [
        (" ", DAY, 0, ("purpose", "purpose")),
        ("x", DAY - timedelta(1), 2, ("starts_on", "past")),
        ("x", DAY, -1, ("ends_on", "order")),
        ("x", DAY, LONGEST_DAYS, ("ends_on", "long")),
        ("x", DAY, LONGEST_DAYS - 1, None),
    ],
)
def test_s228_what_cannot_be_asked_for(purpose, first, days, problem):
    assert loan_problem(purpose, first, first + timedelta(days), today=DAY) == problem


@pytest.mark.parametrize(
    ("state", "today", "late"),
    [
        (LoanState.OUT, DAY, False),
        (LoanState.OUT, DAY + timedelta(1), True),
        (LoanState.BACK, DAY + timedelta(1), False),
    ],
)
def test_the_last_day_itself_is_on_time(state, today, late):
    assert is_overdue(state, DAY, today) is late


def person(position, pk=1):
    return User(pk=pk, position=position, is_active=True)


def test_rights_of_loans():
    seller, clerk, gm = (person(p) for p in (Position.SPECIALIST, Position.CLERK, Position.GENERAL_MANAGER))
    assert [may.can_see_loans(p) for p in (seller, clerk, gm, person(Position.HR))] == [
        True,
        True,
        True,
        False,
    ]
    assert [may.can_ask_loan(p) for p in (seller, clerk, gm)] == [True, True, False]
    approved, out = SimpleNamespace(state="approved", user_id=1), SimpleNamespace(state="out", user_id=1)
    assert [may.can_hand_out(p, approved) for p in (seller, clerk)] == [False, True]
    assert [may.can_take_back(p, out) for p in (seller, clerk)] == [False, True]
    assert (may.can_cancel_loan(seller, approved), may.can_cancel_loan(seller, out)) == (True, False)
    assert may.can_edit_loan(seller, SimpleNamespace(state="sent_back", user_id=1))
    assert not may.can_edit_loan(seller, SimpleNamespace(state="sent_back", user_id=2))
