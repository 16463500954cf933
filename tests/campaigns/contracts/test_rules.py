"""Milestones, the payment plan and the negotiation's checklist (S-022, S-081, S-197). No database."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st

from campaigns.contracts.rules import (
    Due,
    Facts,
    due_until,
    open_items,
    plan_problem,
    settled_on,
    shares_of,
    steps_of,
    tick_problem,
    total_of,
)
from campaigns.contracts.terms import MilestoneKind, ShareState, TermItem

DAY = date(2026, 6, 1)
PLAN = [Due(DAY, Decimal(300)), Due(DAY + timedelta(30), Decimal(700))]


@pytest.mark.parametrize(
    ("plan", "total", "signed", "expected"),
    [
        (PLAN, 1_000, DAY, None),
        ([], 1_000, DAY, "empty"),
        (PLAN[::-1], 1_000, DAY, "order"),
        (PLAN, 1_000, DAY + timedelta(1), "early"),
        (PLAN, 1_001, DAY, "sum"),
    ],
)
def test_a_plan_covers_the_price_in_the_order_of_its_days(plan, total, signed, expected):
    assert plan_problem(plan, Decimal(total), signed) == expected


@pytest.mark.parametrize(
    ("received", "after", "expected"),
    [
        (0, 0, [ShareState.OPEN, ShareState.OPEN]),
        (0, 1, [ShareState.OVERDUE, ShareState.OPEN]),
        (300, 1, [ShareState.PAID, ShareState.OPEN]),
        (400, 1, [ShareState.PAID, ShareState.PARTLY]),
        (400, 31, [ShareState.PAID, ShareState.OVERDUE]),
        (1_000, 99, [ShareState.PAID, ShareState.PAID]),
    ],
)
def test_payments_cover_the_instalments_in_their_order(received, after, expected):
    told = shares_of(PLAN, Decimal(received), DAY + timedelta(after))
    assert [share.state for share in told] == expected


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=6), st.integers(0, 10**7))
@trials(max_examples=80)
def test_no_yuan_is_counted_twice_or_lost(amounts, received):
    plan = [Due(DAY, Decimal(amount)) for amount in amounts]
    told = shares_of(plan, Decimal(received), DAY)
    assert sum(share.received for share in told) == min(Decimal(received), total_of(plan))


def test_due_until_counts_the_day_itself():
    days = (DAY - timedelta(1), DAY, DAY + timedelta(30))
    assert [due_until(PLAN, day) for day in days] == [0, 300, 1_000]


@pytest.mark.parametrize(
    ("net", "expected"), [(300, DAY), (301, DAY + timedelta(5)), (1_000, DAY + timedelta(5)), (1_001, None)]
)
def test_the_payment_that_settles_it(net, expected):
    payments = [(DAY + timedelta(5), Decimal(700)), (DAY, Decimal(300))]
    assert settled_on(payments, Decimal(net)) == expected


def test_milestones_are_read_or_ticked():
    planned = {MilestoneKind.PREPAYMENT: DAY, MilestoneKind.DELIVERY: DAY, MilestoneKind.ACCEPTANCE: DAY}
    ticked = {MilestoneKind.DELIVERY: DAY + timedelta(1)}
    steps = steps_of(planned, ticked, Facts(DAY, DAY, None), DAY + timedelta(2))
    assert [(step.done_on is not None, step.is_late) for step in steps] == [
        (True, False),
        (True, False),
        (True, True),
        (False, False),
        (False, True),
        (False, False),
    ]


@pytest.mark.parametrize(
    ("kind", "after", "expected"),
    [
        (MilestoneKind.DELIVERY, 0, None),
        (MilestoneKind.SIGNED, 0, "read"),
        (MilestoneKind.DELIVERY, 2, None),
        (MilestoneKind.DELIVERY, 3, "future"),
        (MilestoneKind.DELIVERY, -1, "early"),
    ],
)
def test_a_milestone_is_reached_between_the_signature_and_today(kind, after, expected):
    assert tick_problem(kind, DAY + timedelta(after), DAY, DAY + timedelta(2)) == expected


def test_what_is_open_in_the_negotiation():
    told = open_items({TermItem.UNIT_PRICE: True, TermItem.SHIPPING: False})
    assert told == [item for item in TermItem if item is not TermItem.UNIT_PRICE]
