"""What a purchase lacks before it is handed in, and who may do what; without a database."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from campaigns.purchases import permissions as may
from campaigns.purchases.rules import Bid, Policy, lack_of
from campaigns.purchases.terms import Lack
from kam.users.models import User
from kam.users.terms import Position

pytestmark = pytest.mark.rules
POLICY = Policy(Decimal(1000), 2)
CHEAP, DEAR = Bid(Decimal(900)), Bid(Decimal(1000))


def chosen(amount, why=""):
    return Bid(Decimal(amount), True, why)


@pytest.mark.parametrize(
    ("plan", "bids", "is_urgent", "lack"),
    [
        (" ", [chosen(10)], False, Lack.PLAN),
        ("", [chosen(10)], True, None),
        ("x", [], False, Lack.CHOICE),
        ("x", [CHEAP], False, Lack.CHOICE),
        ("x", [chosen("999.99")], False, None),
        ("x", [chosen(1000)], False, Lack.OFFERS),
        ("", [chosen(1000)], True, None),
        ("x", [chosen(1000), DEAR], False, None),
        ("x", [chosen(1000), CHEAP], False, Lack.REASON),
        ("x", [chosen(1000, "sooner"), CHEAP], False, None),
        ("", [chosen(1000), CHEAP], True, Lack.REASON),
    ],
)
def test_s226_what_a_purchase_lacks(plan, bids, is_urgent, lack):
    assert lack_of(plan, bids, POLICY, is_urgent=is_urgent) == lack


def test_rights_of_purchases():
    seller, clerk, finance = (
        User(pk=pk, position=position, is_active=True)
        for pk, position in enumerate((Position.SPECIALIST, Position.CLERK, Position.FINANCE), 1)
    )
    people = (seller, clerk, finance)

    def who(rule, state, asked_by=1):
        row = SimpleNamespace(state=state, asked_by_id=asked_by)
        return [rule(person, row) for person in people]

    assert [may.can_purchase(person) for person in people] == [True, True, True]
    assert who(may.can_edit_purchase, "draft") == [True, False, False]
    assert who(may.can_edit_purchase, "pending") == [False, False, False]
    assert who(may.can_receive, "approved") == [False, True, False]
    assert who(may.can_receive, "received") == [False, False, False]
    assert who(may.can_cancel, "approved") == [True, True, False]
    assert who(may.can_cancel, "received") == [False, False, False]
    assert who(may.can_pay, "received") == [False, False, True]
    assert who(may.can_pay, "received", 3) == [False, False, False]
    assert who(may.can_pay, "approved") == [False, False, False]
