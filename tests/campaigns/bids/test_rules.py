"""S-080: commercial documents are ready two days before the opening; T-45."""

from datetime import date, timedelta

import pytest

from campaigns.bids.rules import Standing, documents_due, duty_on, is_late, opening_problem, step_problem
from campaigns.bids.terms import BidState, Duty

OPENS = date(2025, 6, 10)
DUE = date(2025, 6, 8)


def standing(state, ready=None):
    return Standing(state, DUE, OPENS, ready)


def test_t45_documents_are_due_two_days_before_the_opening():
    assert documents_due(OPENS, 2) == DUE


@pytest.mark.parametrize(
    ("state", "day", "expected"),
    [
        (BidState.PREPARING, 4, None),
        (BidState.PREPARING, 5, (Duty.DOCUMENTS, DUE)),
        (BidState.PREPARING, 9, (Duty.DOCUMENTS, DUE)),
        (BidState.READY, 6, None),
        (BidState.READY, 7, (Duty.DELIVER, OPENS)),
        (BidState.DELIVERED, 10, None),
        (BidState.DELIVERED, 11, (Duty.RESULT, date(2025, 6, 11))),
        (BidState.WON, 11, None),
    ],
)
def test_what_a_bid_asks_on_a_day(state, day, expected):
    assert duty_on(standing(state), date(2025, 6, day)) == expected


@pytest.mark.parametrize(
    ("bid", "late"),
    [
        (standing(BidState.PREPARING), True),
        (standing(BidState.READY, DUE), False),
        (standing(BidState.READY, DUE + timedelta(1)), True),
        (standing(BidState.WITHDRAWN), False),
    ],
)
def test_late_documents(bid, late):
    assert is_late(bid, DUE + timedelta(1)) is late
    assert not is_late(standing(BidState.PREPARING), DUE)


@pytest.mark.parametrize(
    ("target", "day", "winner", "expected"),
    [
        (BidState.READY, 9, "", None),
        (BidState.DELIVERED, 10, "", None),
        (BidState.DELIVERED, 11, "", ("on", "late")),
        (BidState.WON, 9, "", ("on", "early")),
        (BidState.WON, 10, "", None),
        (BidState.LOST, 10, " ", ("winner", "winner")),
        (BidState.LOST, 10, "兴业", None),
        (BidState.READY, 12, "", None),
        (BidState.READY, 13, "", ("on", "future")),
    ],
)
def test_steps(target, day, winner, expected):
    bid = standing(BidState.READY, DUE)
    assert step_problem(bid, target, date(2025, 6, day), date(2025, 6, 12), winner) == expected


def test_nobody_bids_after_the_opening():
    assert opening_problem(OPENS, OPENS) is None
    assert opening_problem(OPENS, OPENS + timedelta(1)) == ("opens_on", "past")
