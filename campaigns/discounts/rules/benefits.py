"""What a rule gives from how many sets on (docs/domain/discounts.md). A factor of 0.98 is 9.8折: the buyer pays 98 per cent."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from campaigns.discounts.terms import BenefitKind

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Benefit:
    """A factor on the price, or an amount off it; a price never falls below nothing."""

    kind: BenefitKind
    value: Decimal

    def on(self, price: Decimal) -> Decimal:
        """Return the exact price with this benefit; nothing is rounded here."""
        if self.kind is BenefitKind.FACTOR:
            return price * self.value
        return max(price - self.value, NOTHING)

    def is_better_than(self, other: "Benefit") -> bool:
        """Say whether this gives more than the other of the same kind."""
        return self.value < other.value if self.kind is BenefitKind.FACTOR else self.value > other.value


@dataclass(frozen=True, slots=True)
class Tier:
    """From how many sets of the unit on; None inherits the campaign's general number (D-03)."""

    from_sets: int | None
    benefit: Benefit


def resolved(tiers: Sequence[Tier], general: int | None) -> tuple[Tier, ...]:
    """Return the tiers with their numbers, lowest first; one that has none and inherits none is not configured and left out."""
    numbered = [
        Tier(general if tier.from_sets is None else tier.from_sets, tier.benefit)
        for tier in tiers
        if tier.from_sets is not None or general is not None
    ]
    return tuple(sorted(numbered, key=lambda tier: tier.from_sets or 0))


def tiers_problem(tiers: Sequence[Tier]) -> tuple[int, str] | None:
    """Return (place, code) of what is wrong with the tiers of a rule, or None; more sets must always give more."""
    alone = [_tier_problem(tier, is_alone=len(tiers) == 1) for tier in tiers]
    together = ["", *(_order_problem(lower, higher) for lower, higher in pairwise(tiers))]
    found = [(place, pair[0] or pair[1]) for place, pair in enumerate(zip(alone, together, strict=False))]
    return next(((place, problem) for place, problem in found if problem), None)


def _tier_problem(tier: Tier, *, is_alone: bool) -> str:
    if tier.from_sets is None and not is_alone:
        return "number"
    if tier.from_sets is not None and tier.from_sets < 0:
        return "negative"
    return _benefit_problem(tier.benefit)


def _order_problem(lower: Tier, higher: Tier) -> str:
    if (higher.from_sets or 0) <= (lower.from_sets or 0):
        return "order"
    if higher.benefit.kind is not lower.benefit.kind:
        return "mixed"
    return "" if higher.benefit.is_better_than(lower.benefit) else "not_better"


def _benefit_problem(benefit: Benefit) -> str:
    if benefit.kind is BenefitKind.FACTOR:
        return "" if NOTHING < benefit.value <= 1 else "factor"
    return "" if benefit.value > NOTHING else "amount"
