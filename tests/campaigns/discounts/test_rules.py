"""What a drafted rule would change, priced now and then, and the day a question without one is judged by."""

from datetime import date
from decimal import Decimal

import pytest

from campaigns.campaigns.terms import OfferChannel
from campaigns.discounts.rules.benefits import Tier
from campaigns.discounts.rules.book import Book, Rule
from campaigns.discounts.rules.offers import day_to_judge
from campaigns.discounts.rules.preview import samples
from campaigns.discounts.terms import PaymentMode, RuleKind
from kam.core.periods import Period
from tests.campaigns.discounts.books import HOUSING, LIST, OFF_TWO, factor, group

DAY = date(2026, 6, 1)
JUNE = Period(date(2026, 6, 10), date(2026, 6, 30))


def with_rule(rule):
    """Return the book with `rule` in the place of its former version."""
    return Book(
        tuple(rule if (old.kind, old.name) == (rule.kind, rule.name) else old for old in HOUSING.rules)
    )


def told(draft):
    found = samples(draft, now=HOUSING, then=with_rule(draft), lists=[LIST], day=DAY)
    return [(one.channel, one.payment, one.count, one.change) for one in found]


def test_a_group_rule_is_priced_around_its_numbers_however_one_pays():
    draft = group(OfferChannel.CHAMBER, Tier(12, factor("0.95")))
    changes = told(draft)
    assert {count for _channel, _payment, count, _change in changes} == {1, 8, 9, 11, 12}
    assert {payment for _channel, payment, *_rest in changes} == {
        PaymentMode.LUMP_SUM,
        PaymentMode.INSTALMENTS,
    }
    assert {channel for channel, *_rest in changes} == {OfferChannel.CHAMBER}
    at = {(payment, count): change for _channel, payment, count, change in changes}
    assert at[PaymentMode.INSTALMENTS, 12] == LIST * (Decimal("0.95") - Decimal("0.98"))
    assert at[PaymentMode.INSTALMENTS, 9] == LIST * Decimal("0.02")
    assert at[PaymentMode.INSTALMENTS, 8] == 0


def test_a_rule_of_payment_is_priced_in_every_channel_with_a_group_rule():
    draft = Rule(RuleKind.REGULAR, "lump-sum", 2, (Tier(None, factor("0.9")),), payment=PaymentMode.LUMP_SUM)
    changes = told(draft)
    assert {channel for channel, *_rest in changes} == {
        OfferChannel.CHAMBER, OfferChannel.MARKET, OfferChannel.FACTORY, OfferChannel.TEACHERS,
    }  # fmt: skip
    assert {payment for _channel, payment, *_rest in changes} == {PaymentMode.LUMP_SUM}
    assert all(change < 0 for *_rest, change in changes)


def test_a_book_without_group_rules_is_priced_for_chambers():
    draft = Rule(RuleKind.REGULAR, "lump-sum", 2, (Tier(None, OFF_TWO),), payment=PaymentMode.LUMP_SUM)
    (sample,) = samples(draft, now=Book(()), then=Book((draft,)), lists=[LIST], day=DAY)
    assert (sample.channel, sample.count) == (OfferChannel.CHAMBER, 1)


@pytest.mark.parametrize(
    ("window", "today", "judged"),
    [
        (None, DAY, DAY),
        (JUNE, date(2026, 6, 10), date(2026, 6, 10)),
        (JUNE, DAY, date(2026, 6, 10)),
        (JUNE, date(2026, 7, 1), date(2026, 6, 10)),
    ],
)
def test_a_question_is_judged_by_today_while_the_offer_runs(window, today, judged):
    assert day_to_judge(window, today) == judged
