"""Who may do what with materials. Seeing them is `Material.objects.visible_to`."""

from campaigns.campaigns.models import Campaign
from campaigns.campaigns.permissions import can_run_campaign
from campaigns.campaigns.terms import CampaignState
from campaigns.materials.models import Supplement
from campaigns.materials.terms import SupplementState
from kam.users.models import User
from kam.users.terms import SELLERS, Position

_KEEPERS = frozenset({Position.CLERK, Position.MARKETING_DIRECTOR})


def can_keep_materials(user: User, campaign: Campaign | None) -> bool:
    """Planners, the coordinator, the clerk and marketing, which delivers; while the campaign is drafted or runs. The office's: the clerk."""
    if campaign is None:
        return user.is_active and user.position == Position.CLERK
    is_open = campaign.state in {CampaignState.DRAFT, CampaignState.RUNNING}
    return can_run_campaign(user, campaign) or (user.is_active and is_open and user.position in _KEEPERS)


def can_ask_supplement(user: User, campaign: Campaign) -> bool:
    """Whoever sells or keeps the materials, while the campaign is drafted or runs."""
    is_open = campaign.state in {CampaignState.DRAFT, CampaignState.RUNNING}
    return user.is_active and is_open and (user.position in SELLERS or user.position in _KEEPERS)


def can_edit_supplement(user: User, supplement: Supplement) -> bool:
    """A returned report, by its writer."""
    is_mine = supplement.asked_by_id == user.pk
    return user.is_active and is_mine and supplement.state == SupplementState.RETURNED
