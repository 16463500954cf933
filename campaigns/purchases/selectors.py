"""Reads of purchases: the policy on offers, and what one lacks before it is handed in."""

from typing import Any

from campaigns.purchases.labels import LACKS
from campaigns.purchases.models import Purchase
from campaigns.purchases.rules import Bid, Policy, lack_of
from kam.settings_rows.selectors import settings_of

_FROM, _COUNT = "purchase_offers_from", "purchase_offers_count"


def policy_now() -> Policy:
    told: Any = settings_of(_FROM, _COUNT)
    return Policy(told[_FROM], told[_COUNT])


def lack_words(purchase: Purchase) -> tuple[str, str] | None:
    """Return (code, sentence) of what is missing, None where it may be handed in."""
    policy = policy_now()
    bids = [Bid(row.amount, row.is_chosen, row.why) for row in purchase.offers.all()]
    lack = lack_of(purchase.plan, bids, policy, is_urgent=purchase.is_urgent)
    if lack is None:
        return None
    return lack.value, str(LACKS[lack]) % {"from": f"{policy.amount:,.2f}", "count": policy.count}
