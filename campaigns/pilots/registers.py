"""What pilots give to the frames: acts, history, the panel of their campaign, the page, the demo part."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.campaigns.models import Campaign
from campaigns.campaigns.permissions import can_see_campaigns
from campaigns.campaigns.registry import CampaignPanel, register_campaign_panel
from campaigns.pilots.demo import play_pilots
from campaigns.pilots.models import Pilot
from campaigns.pilots.permissions import can_plan_pilot
from campaigns.pilots.tables import PILOTS
from kam.audit.records import register_history, visible_row
from kam.audit.registry import register_act
from kam.demo.registry import register_part
from kam.notes.registry import register_link
from kam.search.registry import register_action, register_page
from kam.users.models import User

register_act("campaigns.pilot.planned", _("Pilot launch planned"))
register_act("campaigns.pilot.measures_written", _("Measures of a pilot written"))
register_act("campaigns.pilot.unit_chosen", _("Unit chosen for a pilot"))
register_act("campaigns.pilot.figures_told", _("Figures of a round told"))
register_act("campaigns.pilot.decided", _("Round of a pilot decided"))
register_history("campaigns.pilot", Pilot, load=visible_row(Pilot.objects))
register_link("pilot", lambda pk: f"/pilots/{int(pk)}/")


def _panel(campaign: Campaign, _user: User) -> dict[str, Any] | None:
    pilot = Pilot.objects.filter(campaign=campaign).first()
    if pilot is None:
        return None
    rounds = pilot.rounds.select_related("decision").order_by("number")
    return {"pilot": pilot, "rounds": [(row, getattr(row, "decision", None)) for row in rounds]}


register_campaign_panel(CampaignPanel("pilot", _("Pilot launch"), 1, "campaigns/pilots/_panel.html", _panel))
register_page(
    "campaigns.pilots",
    _("Pilot launches"),
    PILOTS.url,
    icon="flask",
    visible=can_see_campaigns,
    order=20,
)
register_action(
    "campaigns.pilot_new", _("New pilot launch"), "/pilots/new/", icon="flask", visible=can_plan_pilot
)
register_part(89, "pilots", play_pilots)
