"""What a drafted rule would change: sample sets around its numbers, priced now and then (docs/domain/discounts.md)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from campaigns.campaigns.terms import OfferChannel
from campaigns.discounts.rules.benefits import resolved
from campaigns.discounts.rules.book import Book, Rule
from campaigns.discounts.rules.offers import Ask, price_of
from campaigns.discounts.terms import PaymentMode, RuleKind


@dataclass(frozen=True, slots=True)
class Sample:
    """One set of a unit with so many sets, priced by the rules now and by the drafted ones."""

    channel: OfferChannel
    payment: PaymentMode
    count: int
    list_amount: Decimal
    now: Decimal
    then: Decimal

    @property
    def change(self) -> Decimal:
        return self.then - self.now


def samples(draft: Rule, *, now: Book, then: Book, lists: Sequence[Decimal], day: date) -> list[Sample]:
    """Return sample sets inside the offer: every number around which the draft or the rule now changes the price."""
    found = []
    for channel in _channels(draft, then):
        for payment in _payments(draft):
            for count in _counts(channel, draft.product, (now, then)):
                for list_amount in lists:
                    ask = Ask(
                        list_amount,
                        channel,
                        count,
                        day,
                        payment,
                        has_certificate=channel is OfferChannel.TEACHERS,
                        product=draft.product,
                        is_overridden=True,
                    )
                    prices = [price_of(ask, book, None).final for book in (now, then)]
                    found.append(Sample(channel, payment, count, list_amount, prices[0], prices[1]))
    return found


def _channels(draft: Rule, book: Book) -> list[OfferChannel]:
    """Return the draft's own channel, or every channel with a group discount."""
    if draft.channel is not None:
        return [draft.channel]
    told = {rule.channel for rule in book.rules if rule.kind is RuleKind.GROUP and rule.channel}
    return sorted(told) or [OfferChannel.CHAMBER]


def _payments(draft: Rule) -> list[PaymentMode]:
    if draft.payment is not None:
        return [draft.payment]
    return [PaymentMode.LUMP_SUM, PaymentMode.INSTALMENTS]


def _counts(channel: OfferChannel, product: int | None, books: Iterable[Book]) -> list[int]:
    """Return one below and exactly each number that matters, at least one set."""
    numbers = {1}
    for book in books:
        rule = book.group(channel, product)
        for tier in resolved(rule.tiers, book.general(product)) if rule else ():
            numbers |= {max((tier.from_sets or 0) - 1, 1), max(tier.from_sets or 0, 1)}
    return sorted(numbers)
