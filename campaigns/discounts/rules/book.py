"""The rules of one campaign in force on one day, and which of them an offer falls under (docs/domain/discounts.md)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from campaigns.campaigns.terms import OfferChannel
from campaigns.discounts.rules.benefits import Tier
from campaigns.discounts.terms import PaymentMode, RuleKind
from kam.core.periods import Period


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of one rule. `product` is None where it holds for every product of the campaign; `min_sets` is a general rule's."""

    kind: RuleKind
    name: str
    version: int
    tiers: tuple[Tier, ...] = ()
    channel: OfferChannel | None = None
    payment: PaymentMode | None = None
    product: int | None = None
    min_sets: int | None = None
    needs_certificate: bool = False
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """All rules in force of a campaign; a product's own rule goes before the campaign's."""

    rules: Sequence[Rule] = field(default_factory=tuple)

    def regular(self, payment: PaymentMode, product: int | None = None) -> Rule | None:
        """Return the regular discount of a payment mode."""
        return _nearest(
            (r for r in self.rules if r.kind is RuleKind.REGULAR and r.payment is payment), product
        )

    def group(self, channel: OfferChannel, product: int | None = None) -> Rule | None:
        """Return the group discount of a channel."""
        return _nearest((r for r in self.rules if r.kind is RuleKind.GROUP and r.channel is channel), product)

    def general(self, product: int | None = None) -> int | None:
        """Return the number of sets for channels without one of their own."""
        rule = _nearest((r for r in self.rules if r.kind is RuleKind.GENERAL), product)
        return rule.min_sets if rule else None

    def is_configured(self) -> bool:
        """Say whether anybody has set a group discount in this campaign at all."""
        return any(rule.kind is RuleKind.GROUP for rule in self.rules)

    def with_rule(self, rule: Rule) -> "Book":
        """Return the book as it would be with `rule` in the place of what it replaces."""
        same = (rule.kind, rule.channel, rule.payment, rule.product)
        others = [r for r in self.rules if (r.kind, r.channel, r.payment, r.product) != same]
        return Book((*others, rule))


def _nearest(rules: Iterable[Rule], product: int | None) -> Rule | None:
    found = {rule.product: rule for rule in rules}
    return found.get(product) or found.get(None)


def offer_channel(unit_channel: OfferChannel, book: Book, *, has_certificate: bool) -> OfferChannel:
    """Return the channel of an offer: teachers' with a verified certificate where they have a rule, else the unit's own."""
    if has_certificate and book.group(OfferChannel.TEACHERS) is not None:
        return OfferChannel.TEACHERS
    return unit_channel


def is_inside(window: Period | None, day: date) -> bool:
    """Say whether a day lies in the offer's window, both ends included; without a window every day does."""
    return window is None or day in window
