"""A non-routine purchase has a plan and offers, unless it is urgent; a dearer offer is chosen with a reason (S-226).

See docs/domain/purchases.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from campaigns.purchases.terms import Lack


@dataclass(frozen=True, slots=True)
class Bid:
    """One offer: what it costs, whether it was chosen, and why it was."""

    amount: Decimal
    is_chosen: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """From which amount on how many offers are asked for."""

    amount: Decimal
    count: int


def lack_of(plan: str, bids: Sequence[Bid], policy: Policy, *, is_urgent: bool) -> Lack | None:
    """Return the first thing that is missing, None where it may be handed in."""
    if not is_urgent and not plan.strip():
        return Lack.PLAN
    chosen = next((bid for bid in bids if bid.is_chosen), None)
    if chosen is None:
        return Lack.CHOICE
    if not is_urgent and chosen.amount >= policy.amount and len(bids) < policy.count:
        return Lack.OFFERS
    if chosen.amount > min(bid.amount for bid in bids) and not chosen.why.strip():
        return Lack.REASON
    return None
