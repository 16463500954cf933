"""Campaigns and what belongs to them, valid by default."""

from datetime import date
from typing import Any

from campaigns.campaigns.models import Campaign
from campaigns.campaigns.terms import CampaignState, OfferChannel


def make_campaign(code: str = "housing-2026", **values: Any) -> Campaign:
    return Campaign.objects.create(
        code=code,
        **{
            "name": "住宅团购 2026",
            "state": CampaignState.RUNNING,
            "window_from": date(2026, 5, 15),
            "window_to": date(2026, 7, 15),
            "channels": [OfferChannel.CHAMBER, OfferChannel.FACTORY, OfferChannel.TEACHERS],
            **values,
        },
    )
