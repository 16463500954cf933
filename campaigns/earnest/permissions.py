"""Who may do what with earnest money. Seeing it is `Earnest.objects.visible_to`."""

from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from campaigns.campaigns.models import Campaign
from campaigns.campaigns.permissions import can_run_campaign
from campaigns.campaigns.terms import CampaignState
from campaigns.earnest.models import Earnest
from campaigns.earnest.terms import EarnestState
from kam.users.models import User
from kam.users.scopes import Reach, scope_of
from kam.users.terms import Position


def _is_finance(user: User) -> bool:
    return user.is_active and user.position == Position.FINANCE


def can_see_earnest(user: User) -> bool:
    """Whoever sees units, and finance, where it is paid."""
    return scope_of(user).reach is not Reach.NOTHING or _is_finance(user)


def can_note_ordinary(user: User) -> bool:
    """Whoever works with customers notes buyers who belong to no unit."""
    return scope_of(user).writable is not Reach.NOTHING


def can_note_for(user: User, unit: KeyAccount) -> bool:
    return can_edit_unit(user, unit)


def can_change_earnest(user: User, earnest: Earnest) -> bool:
    """Drop what was never paid, ask for a refund: whoever writes the unit, or noted the ordinary buyer."""
    if earnest.unit is not None:
        return can_edit_unit(user, earnest.unit)
    return scope_of(user).may_write(earnest.owner_id, earnest.team_id)


def can_confirm_receipt(user: User, earnest: Earnest) -> bool:
    """Finance confirms what was received; the serial is drawn then."""
    return _is_finance(user) and earnest.state == EarnestState.NOTED


def can_run_choosing(user: User, campaign: Campaign) -> bool:
    """Planners and the campaign's coordinator call the numbers, while it runs."""
    return campaign.state == CampaignState.RUNNING and can_run_campaign(user, campaign)
