"""The acceptance examples T-01 … T-13 of the source, to the cent."""

from datetime import date
from decimal import Decimal

import pytest

from campaigns.campaigns.terms import OfferChannel
from campaigns.discounts.rules.benefits import Tier, resolved, tiers_problem
from campaigns.discounts.rules.book import Book, Rule, is_inside, offer_channel
from campaigns.discounts.rules.pricing import Reason, StepKey, price_set
from campaigns.discounts.terms import GroupState, PaymentMode, RuleKind
from kam.core.periods import Period
from tests.campaigns.discounts.books import HOUSING, LIST, OFF_TWO, amount, ask, factor, group

FACTORY, TEACHERS = OfferChannel.FACTORY, OfferChannel.TEACHERS
REGULAR, FINAL = Decimal("433160.00"), Decimal("424496.80")


def test_t01_130_square_metres_at_3400_are_442000():
    assert price_set(ask(list_amount=Decimal(130) * Decimal(3400))).list_amount == Decimal("442000.00")


def test_t02_lump_sum_is_98_per_cent():
    priced = price_set(ask())
    assert (priced.regular, priced.regular_saving) == (REGULAR, Decimal("8840.00"))


def test_t03_the_group_discount_comes_on_top():
    priced = price_set(ask(count=9))
    assert (priced.final, priced.saving) == (FINAL, Decimal("17503.20"))


def test_t04_the_group_saves_8663_20_and_both_are_9604():
    priced = price_set(ask())
    assert priced.group_saving == Decimal("8663.20")
    assert priced.final / priced.list_amount == Decimal("0.9604")


@pytest.mark.parametrize("wrong", ["398684.00", "424320.00", "424497.00"])
def test_t05_the_wrong_readings_are_wrong(wrong):
    assert price_set(ask()).final != Decimal(wrong)


def test_t06_eight_sets_do_not_reach_nine():
    priced = price_set(ask(count=8))
    assert (priced.final, priced.if_reached) == (REGULAR, FINAL)
    assert (priced.group.state, priced.group.missing) == (GroupState.NOT_REACHED, 1)


@pytest.mark.parametrize("count", [9, 10])
def test_t07_nine_and_ten_sets_reach_it(count):
    priced = price_set(ask(count=count))
    assert (priced.final, priced.group.state, priced.group.missing) == (FINAL, GroupState.REACHED, 0)


def test_t08_nine_buyers_of_one_set_each_all_get_it():
    """The count is the unit's: whoever of the nine is asked about, the unit has nine."""
    assert [price_set(ask(count=9)).final for _buyer in range(9)] == [FINAL] * 9


def test_t09_nine_times():
    priced = price_set(ask())
    assert (9 * priced.list_amount, priced.total(9)) == (Decimal("3978000.00"), Decimal("3820471.20"))
    assert 9 * priced.saving == Decimal("157528.80")


@pytest.mark.parametrize("payment", [PaymentMode.INSTALMENTS, PaymentMode.MORTGAGE])
def test_t10_without_lump_sum_only_the_group_discount(payment):
    priced = price_set(ask(payment=payment))
    assert (priced.regular, priced.final) == (LIST, REGULAR)
    assert priced.steps[0].reason is Reason.NO_REGULAR


def test_t11_a_teacher_needs_a_certificate_and_no_number():
    with_it = price_set(ask(TEACHERS, count=1, has_certificate=True))
    without = price_set(ask(TEACHERS, count=1))
    assert (with_it.final, without.final, without.if_reached) == (FINAL, REGULAR, FINAL)
    assert without.group.state is GroupState.CERTIFICATE_MISSING


def test_t12_a_factory_inherits_nine_and_may_be_set_to_nothing():
    assert [price_set(ask(FACTORY, count=n)).final for n in (8, 9)] == [REGULAR, FINAL]
    free = HOUSING.with_rule(group(FACTORY, Tier(0, OFF_TWO)))
    assert [price_set(ask(FACTORY, count=n, book=free)).final for n in (8, 9)] == [FINAL, FINAL]


def test_t13_a_campaign_without_rules_is_not_configured():
    priced = price_set(ask(book=Book(), count=100))
    assert (priced.group.state, priced.group.threshold) == (GroupState.NOT_CONFIGURED, None)
    assert (priced.final, priced.if_reached) == (LIST, LIST)


def test_a_blank_number_without_a_general_one_is_not_configured():
    blank = Book((group(FACTORY, Tier(None, OFF_TWO)),))
    priced = price_set(ask(FACTORY, book=blank, count=100))
    assert (priced.group.state, priced.group.missing, priced.final) == (
        GroupState.NOT_CONFIGURED,
        None,
        LIST,
    )


def test_a_channel_without_a_rule_says_so():
    priced = price_set(ask(OfferChannel.BANK, count=100))
    assert (priced.group.state, priced.final, priced.if_reached) == (GroupState.NO_RULE, REGULAR, REGULAR)


def test_outside_the_window_the_regular_discount_stays():
    priced = price_set(ask(count=9, is_inside=False))
    assert (priced.group.state, priced.final, priced.if_reached) == (
        GroupState.OUTSIDE_WINDOW,
        REGULAR,
        REGULAR,
    )
    assert priced.group.threshold == 9


def test_the_states_are_asked_in_their_order():
    nothing = {"is_configured": False, "group": None, "is_inside": False}
    assert price_set(ask(TEACHERS, **nothing)).group.state is GroupState.NOT_CONFIGURED
    assert price_set(ask(TEACHERS, group=None, is_inside=False)).group.state is GroupState.NO_RULE
    assert price_set(ask(TEACHERS, is_inside=False)).group.state is GroupState.OUTSIDE_WINDOW
    strict = HOUSING.with_rule(group(TEACHERS, Tier(5, OFF_TWO), needs_certificate=True))
    assert price_set(ask(TEACHERS, count=1, book=strict)).group.state is GroupState.CERTIFICATE_MISSING


def test_the_window_holds_on_both_of_its_ends():
    window = Period(date(2008, 5, 15), date(2008, 7, 15))
    days = (date(2008, 5, 14), date(2008, 5, 15), date(2008, 7, 15), date(2008, 7, 16))
    assert [is_inside(window, day) for day in days] == [False, True, True, False]
    assert is_inside(None, date(1999, 1, 1))


def test_the_steps_tell_the_way():
    first, second = price_set(ask(count=8)).steps
    assert (first.key, first.before, first.after, first.saving) == (
        StepKey.REGULAR,
        LIST,
        REGULAR,
        Decimal("8840.00"),
    )
    assert (second.key, second.is_applied, second.reason, second.saving) == (
        StepKey.GROUP,
        False,
        GroupState.NOT_REACHED,
        Decimal("0.00"),
    )


def test_tiers_and_amounts():
    tiers = (Tier(7, factor("0.985")), Tier(9, OFF_TWO))
    book = HOUSING.with_rule(group(OfferChannel.CHAMBER, *tiers))
    prices = [price_set(ask(count=n, book=book)).final for n in (6, 7, 8, 9)]
    assert prices == [REGULAR, Decimal("426662.60"), Decimal("426662.60"), FINAL]
    off = HOUSING.with_rule(group(OfferChannel.CHAMBER, Tier(9, amount("5000"))))
    assert price_set(ask(book=off)).final == Decimal("428160.00")
    cheap = price_set(ask(book=off, list_amount=Decimal(100)))
    assert (cheap.regular, cheap.final) == (Decimal("98.00"), Decimal("0.00"))


def test_a_product_has_its_own_rule_before_the_campaigns():
    own = Rule(
        RuleKind.GROUP,
        "x",
        2,
        (Tier(2, factor("0.90")),),
        channel=OfferChannel.CHAMBER,
        product=7,
    )
    book = HOUSING.with_rule(own)
    assert (book.group(OfferChannel.CHAMBER, 7), book.group(OfferChannel.CHAMBER, 8)) == (
        own,
        HOUSING.group(OfferChannel.CHAMBER),
    )
    assert book.general(7) == 9
    assert Book().general() is None


def test_a_certificate_makes_it_the_teachers_channel_where_they_have_a_rule():
    chamber = OfferChannel.CHAMBER
    assert offer_channel(chamber, HOUSING, has_certificate=True) is TEACHERS
    assert offer_channel(chamber, HOUSING, has_certificate=False) is chamber
    assert offer_channel(chamber, Book(), has_certificate=True) is chamber


@pytest.mark.parametrize(
    ("tiers", "problem"),
    [
        ((Tier(9, factor("0")),), (0, "factor")),
        ((Tier(9, factor("1.01")),), (0, "factor")),
        ((Tier(9, amount("0")),), (0, "amount")),
        ((Tier(-1, OFF_TWO),), (0, "negative")),
        ((Tier(7, OFF_TWO), Tier(None, OFF_TWO)), (1, "number")),
        ((Tier(9, OFF_TWO), Tier(9, factor("0.97"))), (1, "order")),
        ((Tier(7, OFF_TWO), Tier(9, amount("5"))), (1, "mixed")),
        ((Tier(7, OFF_TWO), Tier(9, OFF_TWO)), (1, "not_better")),
        ((Tier(7, amount("6")), Tier(9, amount("5"))), (1, "not_better")),
        ((Tier(7, amount("5")), Tier(9, amount("6"))), None),
        ((Tier(None, factor("1")),), None),
        ((), None),
    ],
)
def test_what_tiers_cannot_be(tiers, problem):
    assert tiers_problem(tiers) == problem


def test_tiers_are_taken_from_the_lowest_up():
    assert resolved((Tier(9, OFF_TWO), Tier(7, OFF_TWO)), None) == (Tier(7, OFF_TWO), Tier(9, OFF_TWO))
