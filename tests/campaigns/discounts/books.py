"""The book of the housing campaign as the source prints it, for tests of rules."""

from dataclasses import replace
from decimal import Decimal

from campaigns.campaigns.terms import OfferChannel
from campaigns.discounts.rules.benefits import Benefit, Tier
from campaigns.discounts.rules.book import Book, Rule, offer_channel
from campaigns.discounts.rules.pricing import Question
from campaigns.discounts.terms import BenefitKind, PaymentMode, RuleKind

LIST = Decimal(442_000)
OFF_TWO = Benefit(BenefitKind.FACTOR, Decimal("0.98"))


def factor(text: str) -> Benefit:
    return Benefit(BenefitKind.FACTOR, Decimal(text))


def amount(text: str) -> Benefit:
    return Benefit(BenefitKind.AMOUNT, Decimal(text))


def group(channel: OfferChannel, *tiers: Tier, needs_certificate: bool = False) -> Rule:
    return Rule(
        RuleKind.GROUP,
        channel.value,
        1,
        tiers,
        channel=channel,
        needs_certificate=needs_certificate,
    )


HOUSING = Book(
    (
        Rule(RuleKind.GENERAL, "general", 1, min_sets=9),
        Rule(RuleKind.REGULAR, "lump-sum", 1, (Tier(None, OFF_TWO),), payment=PaymentMode.LUMP_SUM),
        group(OfferChannel.CHAMBER, Tier(9, OFF_TWO)),
        group(OfferChannel.MARKET, Tier(9, OFF_TWO)),
        group(OfferChannel.FACTORY, Tier(None, OFF_TWO)),
        group(OfferChannel.TEACHERS, Tier(0, OFF_TWO), needs_certificate=True),
    )
)


def ask(
    channel=OfferChannel.CHAMBER,
    *,
    count=9,
    payment=PaymentMode.LUMP_SUM,
    book=HOUSING,
    list_amount=LIST,
    has_certificate=False,
    **more,
) -> Question:
    offered = offer_channel(channel, book, has_certificate=has_certificate)
    question = Question(
        list_amount,
        count,
        book.regular(payment),
        book.group(offered),
        book.general(),
        book.is_configured(),
        has_certificate=has_certificate,
    )
    return replace(question, **more)
