"""Who may do what with saved views."""

from kam.lists.models import SavedView
from kam.users.models import Team, User
from kam.users.terms import Position


def can_share_view(user: User, team: Team) -> bool:
    """Lead and manager decide what their team finds among its views."""
    leads = user.position in {Position.TEAM_LEAD, Position.MANAGER} and user.pk in {
        team.lead_id,
        team.manager_id,
    }
    return user.is_active and leads


def can_change_view(user: User, view: SavedView) -> bool:
    return user.is_active and view.owner_id == user.pk
