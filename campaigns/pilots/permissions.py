"""Who may do what with pilots: the rights of their campaign. Seeing them is `Pilot.objects.visible_to`."""

from campaigns.campaigns.permissions import can_add_campaign, can_edit_plan, can_run_campaign
from campaigns.campaigns.terms import CampaignState
from campaigns.pilots.models import Pilot
from kam.users.models import User
from kam.users.terms import Position

_DECIDERS = frozenset({Position.DIRECTOR, Position.MARKETING_DIRECTOR})


def can_plan_pilot(user: User) -> bool:
    """Whoever plans campaigns."""
    return can_add_campaign(user)


def can_measure_pilot(user: User, pilot: Pilot) -> bool:
    """Write what is measured: before the plan is handed in."""
    return can_edit_plan(user, pilot.campaign)


def can_run_pilot(user: User, pilot: Pilot) -> bool:
    """Choose units and tell figures: whoever runs the campaign."""
    return can_run_campaign(user, pilot.campaign)


def can_decide_pilot(user: User, pilot: Pilot) -> bool:
    """Say how it goes on after a round: the director and the marketing director, while it runs."""
    is_running = pilot.campaign.state == CampaignState.RUNNING
    return user.is_active and is_running and user.position in _DECIDERS
