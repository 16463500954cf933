"""What materials give to the frames: acts, the list, the campaign's panel, the demo part."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.campaigns.models import Campaign
from campaigns.campaigns.registry import CampaignPanel, register_campaign_panel
from campaigns.materials.demo import play_materials
from campaigns.materials.labels import STANDING_LABELS
from campaigns.materials.models import Material
from campaigns.materials.permissions import can_keep_materials
from campaigns.materials.tables import MATERIALS
from campaigns.materials.terms import STANDING_TONES
from kam.audit.registry import register_act
from kam.demo.registry import register_part
from kam.search.registry import register_page
from kam.users.models import User

register_act("campaigns.material.added", _("Material added to the bill"))
register_act("campaigns.material.edited", _("Material changed"))
register_act("campaigns.material.in_place", _("Material in place"))
register_act("campaigns.material.moved", _("Stock of a material moved"))


def _of_campaign(campaign: Campaign, user: User) -> dict[str, Any]:
    rows = Material.objects.filter(campaign=campaign).stocked().order_by("place")
    shown = [(row, STANDING_TONES[row.standing], STANDING_LABELS[row.standing]) for row in rows]
    return {"rows": shown, "can_keep": can_keep_materials(user, campaign)}


register_campaign_panel(
    CampaignPanel("materials", _("Bill of materials"), 30, "campaigns/materials/_bill.html", _of_campaign)
)
register_page(
    "campaigns.materials",
    _("Materials"),
    MATERIALS.url,
    icon="package",
    visible=lambda u: u.is_active,
    order=15,
)

register_part(85, "materials", play_materials)
