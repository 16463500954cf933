"""Who may do what with saved views."""

from kam.lists.models import SavedView
from kam.users.models import Team, User
from kam.users.terms import Position


def can_share_view(user: User, team: Team) -> bool:
    """Lead and manager decide what their team finds among its views."""
    return user.position in {Position.TEAM_LEAD, Position.MANAGER} and user.pk in {
        team.lead_id,
        team.manager_id,
    }


def can_change_view(user: User, view: SavedView) -> bool:
    return view.owner_id == user.pk
