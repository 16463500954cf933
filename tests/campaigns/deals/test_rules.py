"""Rules of deals, without a database: credits, what is at stake, and that the order of signings does not matter."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.campaigns.terms import OfferChannel
from campaigns.deals.rules import Standing, at_stake, collected_percent, credits_due, is_closed, is_counted
from campaigns.deals.terms import DealState
from campaigns.discounts.rules.benefits import Tier
from campaigns.discounts.rules.pricing import price_set
from tests.campaigns.discounts.books import HOUSING, OFF_TWO, ask, factor, group

DAY = date(2026, 6, 1)


def test_only_what_costs_too_much_is_credited_and_only_what_costs_too_little_is_at_stake():
    rows = [
        Standing(1, Decimal(10), Decimal(8)),
        Standing(2, Decimal(8), Decimal(8)),
        Standing(3, Decimal(8), Decimal(10)),
    ]
    assert credits_due(rows) == {1: Decimal(2)}
    assert at_stake(rows) == {3: Decimal(2)}


@pytest.mark.parametrize(
    ("state", "trial", "inside", "overridden", "counts"),
    [
        (DealState.SIGNED, False, True, False, True),
        (DealState.SIGNED, False, False, True, True),
        (DealState.SIGNED, False, False, False, False),
        (DealState.SIGNED, True, True, False, False),
        (DealState.AGREED, False, True, False, False),
        (DealState.CANCELLED, False, True, False, False),
    ],
)
def test_what_counts(state, trial, inside, overridden, counts):
    assert is_counted(state, is_trial=trial, is_inside=inside, is_overridden=overridden) is counts


def test_closed_is_signed_and_paid_once():
    assert is_closed(DealState.SIGNED, DAY)
    assert not is_closed(DealState.SIGNED, None)
    assert not is_closed(DealState.CANCELLED, DAY)


def test_t33_collection_rate():
    assert collected_percent(Decimal(433_160), Decimal(442_000)) == Decimal("98.00")
    assert collected_percent(Decimal(2), Decimal(3)) == Decimal("66.66")
    assert collected_percent(Decimal(2), Decimal(0)) is None


TIERED = HOUSING.with_rule(group(OfferChannel.CHAMBER, Tier(3, factor("0.99")), Tier(6, OFF_TWO)))


def totals(signings):
    """Sign in this order as the service does: price with the count, then credit the earlier ones; return deal → what it costs."""
    net, count = {}, 0
    for number, list_amount, sets in signings:
        count += sets
        net[number] = price_set(ask(count=count, list_amount=list_amount, book=TIERED)).total(sets)
        due = {
            n: price_set(ask(count=count, list_amount=amount, book=TIERED)).total(s)
            for n, amount, s in signings
            if n in net
        }
        for deal, credit in credits_due(Standing(n, net[n], due[n]) for n in net).items():
            net[deal] -= credit
    return net


signings = st.lists(st.tuples(st.decimals(1, 10**6, places=2), st.integers(1, 3)), min_size=1, max_size=6)


@settings(max_examples=60)
@given(signings, st.randoms())
def test_two_orders_of_the_same_signings_end_in_the_same_totals(pairs, dice):
    first = [(n, amount, sets) for n, (amount, sets) in enumerate(pairs)]
    second = list(first)
    dice.shuffle(second)
    assert totals(first) == totals(second)


def test_half_of_one_yuan_is_half():
    assert [collected_percent(Decimal("0.5"), Decimal(due)) for due in (1, 0)] == [Decimal(50), None]
