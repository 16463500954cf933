"""What campaigns give to the frames: acts, the approval of a plan, the list, the demo part."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

import campaigns.campaigns.tables  # noqa: F401 -- workers know the list by it
from accounts.merge.registry import declare
from accounts.merge.terms import How
from campaigns.campaigns import services
from campaigns.campaigns.api import CAMPAIGNS
from campaigns.campaigns.demo import play_campaigns
from campaigns.campaigns.effect import effect_of
from campaigns.campaigns.models import Campaign
from campaigns.campaigns.registry import CampaignPanel, register_campaign_panel
from kam.api.registry import register_resource
from kam.approvals.registry import Subject, register
from kam.audit.registry import register_act
from kam.core.clock import business_date
from kam.core.days import say_day
from kam.demo.registry import register_part
from kam.users.models import User
from kam.users.scopes import Reach, scope_of

register_act("campaigns.campaign.loaded", _("Campaign loaded from the fixtures"))
register_act("campaigns.campaign.copied", _("Campaign drafted as a copy"))
register_act("campaigns.campaign.drafted", _("Campaign drafted"))
register_act("campaigns.campaign.changed", _("Campaign changed"))
register_act("campaigns.campaign.line_ticked", _("Line of the schedule ticked off"))
register_act("campaigns.campaign.submitted", _("Campaign plan handed in"))
register_act("campaigns.campaign.started", _("Campaign plan approved"))
register_act("campaigns.campaign.closed", _("Campaign closed"))


def _snapshot(campaign: Campaign) -> Mapping[str, Any]:
    """Return what the deciders see of a plan."""
    without_end = pgettext("end of a period", "open")
    phases = [
        [phase.name, say_day(phase.starts_on), say_day(phase.ends_on) if phase.ends_on else without_end]
        for phase in campaign.phases.all()
    ]
    goals = [[str(goal), goal.note] for goal in campaign.goals.all()]
    days = [say_day(day) for day in (campaign.window_from, campaign.window_to) if day]
    return {
        "title": campaign.name,
        "subtitle": campaign.code,
        "why": campaign.purpose,
        "facts": [[str(_("Offer")), " – ".join(days) or "–"], *goals],
        "line_heads": [str(_("Phase")), str(_("From")), str(_("Until"))],
        "lines": phases,
        "url": campaign.get_absolute_url(),
    }


def _asker(campaign: Campaign) -> User:
    assert campaign.drafted_by is not None  # noqa: S101 -- only drafts of people are handed in
    return campaign.drafted_by


register(
    Subject(
        key=services.SUBJECT,
        model=Campaign,
        label=_("Campaign plan"),
        group=_("Plans"),
        icon="speakerphone",
        snapshot=_snapshot,
        requester=_asker,
        url=lambda campaign: campaign.get_absolute_url(),
        on_approved=services.start_campaign,
        on_returned=services.give_back_campaign,
        on_rejected=services.cancel_campaign,
        on_withdrawn=services.cancel_campaign,
    )
)


def _effect(campaign: Campaign, user: User) -> dict[str, Any] | None:
    """Whoever sees no units sees no effect on them."""
    if scope_of(user).reach is Reach.NOTHING:
        return None
    return {"effect": effect_of(campaign, user, (_("Visits held"),), business_date())}


register_campaign_panel(CampaignPanel("effect", _("Effect"), 5, "campaigns/campaigns/_effect.html", _effect))
register_part(81, "campaigns", play_campaigns)
declare(How.MOVE, "campaigns.Candidate.unit")
register_resource(CAMPAIGNS)
