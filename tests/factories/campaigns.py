"""Campaigns and what belongs to them, valid by default."""

from datetime import date
from decimal import Decimal
from typing import Any

from accounts.units.models import KeyAccount
from campaigns.campaigns.models import Campaign
from campaigns.campaigns.terms import CampaignState, OfferChannel
from campaigns.deals.models import Deal
from campaigns.deals.services import DealTerms, open_deal, sign_deal
from campaigns.discounts.services import NewVersion, put_in_force, rule_from
from kam.core.clock import business_date
from tests.factories.accounts import make_person


def make_campaign(code: str = "housing-2026", **values: Any) -> Campaign:
    """Make a campaign that runs; a second one of the same code gets a number behind it."""
    taken = Campaign.objects.filter(code__startswith=code).count()
    return Campaign.objects.create(
        code=f"{code}-{taken}" if taken else code,
        **{
            "name": "住宅团购 2026",
            "state": CampaignState.RUNNING,
            "window_from": date(2026, 5, 15),
            "window_to": date(2026, 7, 15),
            "channels": [OfferChannel.CHAMBER, OfferChannel.FACTORY, OfferChannel.TEACHERS],
            **values,
        },
    )


def make_rules(campaign: Campaign, *, sets: int = 9, day: date = date(2020, 1, 1)) -> None:
    """Put the rules of the source in force: lump sum ×0.98, chambers and factories from `sets` on ×0.98, teachers with a certificate."""
    tiers = [{"from_sets": sets, "factor": "0.98"}]
    for told in (
        {"kind": "general", "min_sets": sets},
        {"kind": "regular", "payment_mode": "lump-sum", "tiers": [{"factor": "0.98"}]},
        {"kind": "group", "channel": "chamber", "tiers": tiers},
        {"kind": "group", "channel": "factory", "tiers": [{"factor": "0.98"}]},
        {
            "kind": "group",
            "channel": "teachers",
            "needs_certificate": True,
            "tiers": [{"from_sets": 0, "factor": "0.98"}],
        },
    ):
        put_in_force(NewVersion(campaign, rule_from(told), day), by=None)


def make_deal(unit: KeyAccount, campaign: Campaign, name: str = "洪嘉伟", **terms: Any) -> Deal:
    """Agree on one set of 130 ㎡ × 3,400 yuan, lump sum."""
    customer = terms.pop("customer", None) or make_person(unit, name)
    told = DealTerms(campaign, customer, terms.pop("list_amount", Decimal(442_000)), **terms)
    return open_deal(unit, told, by=unit.owner)


def make_signed(unit: KeyAccount, campaign: Campaign, name: str = "洪嘉伟", **terms: Any) -> Deal:
    """Sign such a deal today, or on `signed_on`."""
    day = terms.pop("signed_on", business_date())
    deal = make_deal(unit, campaign, name, **terms)
    return sign_deal(deal, contract_no=f"C-{deal.pk}", signed_on=day, by=unit.owner, version=deal.version)
