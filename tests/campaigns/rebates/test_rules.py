"""Who earns a rebate, and how much, without a database: T-14 … T-18 and the properties."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.rebates.labels import MISSING_LABELS, SENTENCES
from campaigns.rebates.rules import (
    KeyPerson,
    Sale,
    Tier,
    due_on,
    judge,
    last_digits,
    missing_at_counter,
    rebated_sets,
    tier_reached,
    tiers_of,
)
from campaigns.rebates.terms import Condition

THOUSAND = [Tier(1, Decimal(1_000))]
VISIT = date(2008, 6, 2)
SIGNED, PAID = date(2008, 7, 7), date(2008, 7, 8)
KEY = KeyPerson(
    person=1,
    visited_on=VISIT,
    was_met=True,
    since=VISIT,
    designated_on=VISIT + timedelta(3),
    unit_signed_on=SIGNED,
)
SALE = Sale(sets=1, buyer=2, signed_on=SIGNED, first_paid_on=PAID)


def earned(sales, key=KEY, tiers=THOUSAND):
    closed = sum(s.sets for s in sales if s.signed_on and s.first_paid_on and not s.is_trial)
    return sum((judge(sale, key, tiers, closed).earned for sale in sales), Decimal(0))


def test_t14_nine_recommended_customers_who_signed_and_paid_earn_9000():
    assert earned([SALE] * 9) == Decimal("9000.00")


def test_t15_nine_signed_and_seven_paid_earn_7000():
    assert earned([SALE] * 7 + [replace(SALE, first_paid_on=None)] * 2) == Decimal("7000.00")


def test_t16_a_customer_of_another_unit_earns_nothing():
    assert earned([SALE] * 8 + [replace(SALE, is_of_unit=False)]) == Decimal("8000.00")


def test_t17_a_key_person_replaced_before_the_first_payment_earns_nothing():
    key = replace(KEY, until=PAID)
    verdict = judge(SALE, key, THOUSAND, 1)
    assert (verdict.earned, verdict.failing) == (0, [Condition.SAME_PERSON])
    assert "Personnel change not recognised" in str(SENTENCES[Condition.SAME_PERSON][1])
    assert judge(SALE, replace(KEY, until=PAID + timedelta(1)), THOUSAND, 1).earned == 1_000


def test_t18_payable_one_week_after_signing():
    assert due_on(SIGNED) == date(2008, 7, 14)


@pytest.mark.parametrize(
    ("sale", "key", "failing"),
    [
        (replace(SALE, has_proof=False), KEY, [Condition.PROOF]),
        (replace(SALE, signed_on=None, first_paid_on=None), KEY, [Condition.SIGNED, Condition.FIRST_PAYMENT, Condition.SAME_PERSON]),
        (replace(SALE, is_inside=False), KEY, [Condition.IN_WINDOW]),
        (replace(SALE, is_trial=True), KEY, [Condition.NO_TRIAL]),
        (replace(SALE, buyer=1), KEY, [Condition.NOT_OWN]),
        (SALE, replace(KEY, was_met=False), [Condition.MET_FIRST]),
        (SALE, replace(KEY, designated_on=VISIT + timedelta(7)), []),
        (SALE, replace(KEY, designated_on=VISIT + timedelta(8)), [Condition.DESIGNATED]),
        (SALE, replace(KEY, since=VISIT + timedelta(1)), [Condition.SAME_PERSON]),
        (SALE, replace(KEY, visited_on=SIGNED, designated_on=SIGNED), []),
        (SALE, replace(KEY, visited_on=PAID, designated_on=PAID), [Condition.SAME_PERSON]),
        (replace(SALE, first_paid_on=None), KEY, [Condition.FIRST_PAYMENT, Condition.SAME_PERSON]),
        (SALE, replace(KEY, list_changed_on=SIGNED - timedelta(1)), []),
        (SALE, replace(KEY, list_changed_on=SIGNED), [Condition.LIST_STANDS]),
        (SALE, replace(KEY, list_changed_on=SIGNED, unit_signed_on=None), []),
        (SALE, KeyPerson(), [Condition.DESIGNATED, Condition.MET_FIRST, Condition.SAME_PERSON]),
        (replace(SALE, claimed=Decimal(1_000)), KEY, [Condition.NOT_CLAIMED]),
    ],
)  # fmt: skip
def test_each_condition_by_itself(sale, key, failing):
    verdict = judge(sale, key, THOUSAND, 1)
    assert verdict.failing == failing
    assert verdict.is_eligible == (failing in ([], [Condition.NOT_CLAIMED]))


def test_a_higher_tier_adds_only_the_difference_and_nothing_is_configured_by_nobody():
    tiers = [Tier(1, Decimal(1_000)), Tier(9, Decimal(1_200), "茶具")]
    assert (tier_reached(tiers, 8), tier_reached(tiers, 9), tier_reached(tiers, 0)) == (
        tiers[0],
        tiers[1],
        None,
    )
    sale = replace(SALE, sets=2, claimed=Decimal(2_000))
    verdict = judge(sale, KEY, tiers, 9)
    assert (verdict.earned, verdict.open_amount, verdict.failing) == (2_400, 400, [])
    nothing = judge(SALE, KEY, [], 9)
    assert (nothing.per_set, nothing.earned, nothing.failing) == (None, 0, [Condition.CONFIGURED])
    free = judge(SALE, KEY, [Tier(1, Decimal(0), "茶具")], 9)
    assert (free.is_eligible, free.earned, free.failing) == (False, 0, [Condition.CONFIGURED])
    assert tiers_of([{"from_sets": 9, "amount": "1200.00", "goods": "茶具"}]) == [tiers[1]]


def test_t19_what_is_missing_at_the_counter_is_named():
    assert missing_at_counter("", "", has_escort=False, is_finance=False) == list(MISSING_LABELS)
    assert missing_at_counter("123", "QZ-0712", has_escort=True, is_finance=True) == ["identity"]
    assert missing_at_counter("430202198003150418", "0712", has_escort=True, is_finance=True) == []
    assert last_digits("430202198003150418") == "0418"


def test_every_condition_has_both_sentences():
    assert set(SENTENCES) == set(Condition)


maybe_days = st.one_of(st.none(), st.dates(date(2008, 6, 1), date(2008, 8, 30)))
sales = st.builds(
    Sale,
    sets=st.integers(1, 5),
    buyer=st.integers(1, 3),
    is_of_unit=st.booleans(),
    has_proof=st.booleans(),
    signed_on=maybe_days,
    first_paid_on=maybe_days,
    is_inside=st.booleans(),
    is_trial=st.booleans(),
    claimed=st.decimals(0, 5_000, places=2),
)
keys = st.builds(KeyPerson, person=st.sampled_from([None, 1]), visited_on=maybe_days, was_met=st.booleans(), since=maybe_days, until=maybe_days,
    designated_on=maybe_days)  # fmt: skip


@given(st.lists(sales, max_size=12), st.one_of(st.just(KEY), keys))
def test_rebated_sets_never_exceed_closed_sets(rows, key):
    closed = sum(s.sets for s in rows if s.signed_on and s.first_paid_on and not s.is_trial)
    judged = [(sale, judge(sale, key, THOUSAND, closed)) for sale in rows]
    assert rebated_sets(judged) <= closed
    assert sum(v.earned for _s, v in judged) == 1_000 * rebated_sets(judged)
    assert all(v.open_amount <= max(v.earned, 0) for _s, v in judged)


def test_the_edges_of_what_is_left_and_of_a_document():
    claimed = judge(replace(SALE, claimed=Decimal(999)), KEY, THOUSAND, 1)
    assert (claimed.failing, claimed.open_amount) == ([], 1)
    assert judge(replace(SALE, is_of_unit=False), KEY, THOUSAND, 1).failing == [Condition.OF_UNIT]
    assert judge(SALE, KEY, [Tier(1, Decimal(1))], 1).earned == 1
    assert missing_at_counter("1234", "1234", has_escort=True, is_finance=True) == []
    assert missing_at_counter("123", "123", has_escort=True, is_finance=True) == ["identity", "permit"]
