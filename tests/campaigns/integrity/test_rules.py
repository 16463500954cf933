"""What may be given: the strictest policy, limits over a rolling year, gifts in pieces."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.persons.terms import Official
from campaigns.integrity.rules import (
    Limits,
    Past,
    Verdict,
    Wanted,
    fullest,
    judge,
    parties_of,
    shares,
    strictest,
)
from campaigns.integrity.terms import BenefitKind, Outcome

DAY = date(2026, 11, 20)
LIMITS = Limits(Decimal(200), Decimal(600), Decimal(5_000), Decimal(20_000), Decimal(100), 365, 7)
GIFT, MEAL, CASH = BenefitKind.GIFT, BenefitKind.MEAL, BenefitKind.CASH


def past(amount, days_ago=100, *, person=1, unit=1, by=1, kind=GIFT):
    return Past(person, unit, by, kind, Decimal(amount), DAY - timedelta(days_ago))


def wanted(amount, *, item=None, kind=GIFT, by=1):
    return Wanted(1, 1, by, kind, Decimal(amount), Decimal(item or amount), DAY)


def codes(amount, *rows, outcome=Outcome.LIMITS, **fields):
    return [finding.code for finding in judge(wanted(amount, **fields), outcome, rows, LIMITS).findings]


def test_unknown_counts_as_an_official():
    assert parties_of(Official.NO, "bank") == ("bank",)
    assert parties_of(Official.YES, "chamber") == parties_of(Official.UNKNOWN, "chamber")
    assert parties_of(Official.YES, "chamber") == ("official", "chamber")


def test_the_strictest_part_of_the_policy_wins_and_silence_asks_for_compliance():
    assert strictest([Outcome.LIMITS, Outcome.REFUSED, Outcome.FREE]) is Outcome.REFUSED
    assert strictest([Outcome.SMALL, Outcome.LIMITS]) is Outcome.SMALL
    assert strictest([]) is Outcome.COMPLIANCE


@pytest.mark.parametrize(
    ("amount", "rows", "found"),
    [
        (200, [], []),
        ("200.01", [], ["item"]),
        (100, [past(500)], []),
        (100, [past("500.01")], ["person"]),
        (100, [past("500.01", by=2)], ["person"]),  # a colleague gave it
        (100, [past(550, 364)], ["person"]),
        (100, [past(600, 365)], []),  # a year and a day is over
        (100, [past(600, person=2)], []),
        (100, [past(4_950, person=2)], ["unit"]),
        (100, [past(19_950, person=2, unit=2)], ["colleague"]),
        (100, [past(19_950, person=2, unit=2, by=2)], []),
        (100, [past(600, kind=CASH)], []),  # money-like kinds have approvals of their own
        (150, [past(60, 6)], ["split"]),
        (150, [past(60, 7)], []),
        (150, [past(60, 1, kind=MEAL)], []),
    ],
)
def test_limits(amount, rows, found):
    assert codes(amount, *rows) == found


def test_entries_to_come_count_too():
    assert codes(200, past(500, -30)) == ["person"]


def test_pieces_of_one_order_are_looked_at_one_by_one():
    assert codes(390, item=130) == []
    assert codes(390, item="200.01") == ["item"]


def test_a_giver_who_is_nobody_has_no_limit():
    assert codes(100, past(20_000, person=2, unit=2, by=None), by=None) == []


def test_officials_have_a_lower_limit_of_promotional_items():
    promo = BenefitKind.PROMOTIONAL
    assert codes(60, past(40, kind=promo), outcome=Outcome.SMALL, kind=promo) == []
    assert codes(61, past(40, kind=promo), outcome=Outcome.SMALL, kind=promo) == ["small"]
    assert codes(61, past(40, kind=promo), kind=promo) == []


def test_what_is_free_or_refused_is_not_measured():
    for outcome in (Outcome.FREE, Outcome.REFUSED):
        assert codes(9_999, outcome=outcome) == []
    assert codes(9_999, kind=CASH, outcome=Outcome.COMPLIANCE) == []


def test_a_verdict_says_what_is_needed():
    refused = Verdict(CASH, Outcome.REFUSED)
    assert (refused.is_refused, refused.needs_compliance, refused.needs_documents) == (True, False, False)
    cash = Verdict(CASH, Outcome.COMPLIANCE)
    assert (cash.is_refused, cash.needs_compliance, cash.needs_documents) == (False, True, True)
    fine = Verdict(GIFT, Outcome.LIMITS)
    assert (fine.needs_compliance, fine.needs_documents) == (False, False)
    over = judge(wanted(250), Outcome.LIMITS, [], LIMITS)
    assert (over.needs_compliance, over.findings[0].left) == (True, Decimal(200))
    full = judge(wanted(100), Outcome.LIMITS, [past(700)], LIMITS)
    assert full.findings[0].left == Decimal("0.00")


def test_shares_add_up_to_the_cent():
    assert shares(Decimal(100), 3) == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(-500, 500), st.integers(1, 300)), max_size=8))
def test_the_fullest_window_is_the_fullest_of_all_windows(rows):
    entries = [past(amount, ago) for ago, amount in rows]
    ends = [DAY + timedelta(n) for n in range(365)]
    slow = max(
        sum((r.amount for r in entries if end - timedelta(364) <= r.on <= end), Decimal(0)) for end in ends
    )
    assert fullest(entries, DAY, 365) == slow


def test_what_is_given_now_is_the_past_of_the_next():
    assert wanted(150).as_past() == past(150, 0)


def test_a_window_is_so_many_days_and_contains_the_day():
    assert fullest([past(60, -365)], DAY, 365) == 0
    assert fullest([past(60, -364)], DAY, 365) == 60
    assert fullest([past(60, 355), past(50, -10)], DAY, 365) == 60  # 366 days from one to the other
    assert fullest([past(60, 354), past(50, -10)], DAY, 365) == 110


def test_a_gift_at_the_limit_of_an_item_is_a_piece_too():
    assert codes(200, past(10, 3)) == ["split"]
    assert codes("200.01", past(10, 3)) == ["item"]
