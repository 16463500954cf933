"""What campaigns give to the frames: acts, the list, the page in the palette, the demo part."""

from django.utils.translation import gettext_lazy as _

from campaigns.campaigns.demo import play_campaigns
from kam.audit.registry import register_act
from kam.demo.registry import register_part

register_act("campaigns.campaign.loaded", _("Campaign loaded from the fixtures"))
register_part(81, "campaigns", play_campaigns)
