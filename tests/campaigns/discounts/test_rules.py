"""What a drafted rule would change, priced now and then, and the day a question without one is judged by."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from campaigns.campaigns.terms import OfferChannel
from campaigns.discounts.rules.benefits import Tier, resolved, tiers_problem
from campaigns.discounts.rules.book import Book, Rule
from campaigns.discounts.rules.offers import Ask, day_to_judge, question_of
from campaigns.discounts.rules.preview import samples
from campaigns.discounts.rules.pricing import price_set
from campaigns.discounts.terms import GroupState, PaymentMode, RuleKind
from kam.core.periods import Period
from tests.campaigns.discounts.books import HOUSING, LIST, OFF_TWO, amount, ask, factor, group

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


def test_more_sets_give_more_from_nought_on():
    assert not OFF_TWO.is_better_than(OFF_TWO)
    assert not amount("5").is_better_than(amount("5"))
    none, one = Tier(0, OFF_TWO), Tier(1, factor("0.97"))
    assert (tiers_problem([none, one]), resolved([one, none], None)) == (None, (none, one))
    assert tiers_problem([none, Tier(0, factor("0.97"))]) == (1, "order")


def test_only_a_group_discount_makes_a_campaign_configured():
    general = Rule(RuleKind.GENERAL, "general", 1, min_sets=9)
    chamber = group(OfferChannel.CHAMBER, Tier(9, OFF_TWO))
    assert [Book(rules).is_configured() for rules in ((general,), (chamber,), ())] == [False, True, False]


def test_the_window_is_asked_unless_it_was_overridden():
    told = Ask(LIST, OfferChannel.CHAMBER, 9, DAY, PaymentMode.LUMP_SUM)
    inside = replace(told, day=JUNE.first)
    asked = (told, replace(told, is_overridden=True), inside)
    assert [question_of(one, HOUSING, JUNE).is_inside for one in asked] == [False, True, True]
    days = [date(2026, 6, 15), date(2026, 6, 9), date(2026, 7, 1)]
    assert [day_to_judge(JUNE, day) for day in days] == [date(2026, 6, 15), JUNE.first, JUNE.first]


def test_without_a_threshold_nobody_waits_and_without_a_regular_discount_no_step_is_applied():
    teachers = price_set(ask(OfferChannel.TEACHERS, count=0, has_certificate=True))
    assert (teachers.group.state, teachers.group.threshold) == (GroupState.REACHED, 0)
    plain = price_set(ask(payment=PaymentMode.INSTALMENTS))
    assert [step.is_applied for step in plain.steps] == [False, True]
    draft = group(OfferChannel.TEACHERS, Tier(0, factor("0.97")), needs_certificate=True)
    assert {count for _channel, _payment, count, _change in told(draft)} == {1}
    everybody = Book((*HOUSING.rules, Rule(RuleKind.GROUP, "all", 1, (Tier(9, OFF_TWO),))))
    general = Rule(RuleKind.GENERAL, "general", 2, min_sets=8)
    found = samples(general, now=everybody, then=everybody, lists=[LIST], day=DAY)
    assert {one.channel for one in found} == {rule.channel for rule in HOUSING.rules if rule.channel}
