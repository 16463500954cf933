"""Registered customers, valid by default."""

from typing import Any

from accounts.units.models import KeyAccount
from campaigns.campaigns.models import Campaign
from campaigns.campaigns.terms import OfferChannel
from campaigns.prospects.models import Prospect
from campaigns.prospects.services import ProspectTerms, register_prospect
from campaigns.prospects.terms import Source
from kam.users.models import User


def prospect_terms(campaign: Campaign, name: str = "曾丽", **fields: Any) -> ProspectTerms:
    told: dict[str, Any] = {"channel": OfferChannel.OTHER, "source": Source.STORE}
    return ProspectTerms(campaign, name, **(told | fields))


def make_prospect(
    campaign: Campaign, by: User, name: str = "曾丽", unit: KeyAccount | None = None, **fields: Any
) -> Prospect:
    """Register a customer of a store, or of a unit."""
    if unit is not None:
        fields = {"channel": unit.channel} | fields
    return register_prospect(prospect_terms(campaign, name, **fields), unit=unit, by=by)
