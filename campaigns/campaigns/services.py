"""The acts on campaigns."""

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction

from campaigns.campaigns.models import (
    Campaign,
    CampaignProduct,
    Candidate,
    Duty,
    Goal,
    Phase,
    ScheduleLine,
)
from campaigns.campaigns.terms import CampaignState
from kam.audit.services import record

#: The two campaigns of the source; each is loaded once and never changed by loading again.
FIXTURE = settings.BASE_DIR / "fixtures" / "campaigns.json"


@transaction.atomic
def load_campaigns() -> list[Campaign]:
    """Write the campaigns of the source that are not there yet, as approved plans; return those written."""
    entries = json.loads(FIXTURE.read_text("utf-8"))
    known = set(Campaign.objects.values_list("code", flat=True))
    return [_load(entry) for entry in entries if entry["code"] not in known]


_HEAD = ("code", "name", "english_name", "purpose", "idea", "window_from", "window_to", "channels")


def _load(entry: Mapping[str, Any]) -> Campaign:
    campaign = Campaign.objects.create(state=CampaignState.RUNNING, **{name: entry[name] for name in _HEAD})
    for place, product in enumerate(entry["products"], 1):
        CampaignProduct.objects.create(campaign=campaign, place=place, **product)
    for place, goal in enumerate(entry["goals"], 1):
        Goal.objects.create(campaign=campaign, place=place, **goal)
    for duty in entry["duties"]:
        Duty.objects.create(campaign=campaign, **duty)
    for candidate in entry["candidates"]:
        Candidate.objects.create(campaign=campaign, **candidate)
    _load_schedule(campaign, entry)
    record("campaigns.campaign.loaded", campaign, by=None, changes={"code": (None, campaign.code)})
    return campaign


def _load_schedule(campaign: Campaign, entry: Mapping[str, Any]) -> None:
    """Write the phases with what is done in each, and the work schedule behind them."""
    lines: list[dict[str, Any]] = []
    for place, told in enumerate(entry["phases"], 1):
        dates = {name: told[name] for name in ("name", "starts_on", "ends_on")}
        phase = Phase.objects.create(campaign=campaign, place=place, **dates)
        lines += [{"phase": phase, "text": text} for text in told["lines"]]
    for place, line in enumerate(lines + list(entry["schedule"]), 1):
        ScheduleLine.objects.create(campaign=campaign, place=place, **line)
