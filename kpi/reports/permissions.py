"""Who may do what with reports. What a report shows is decided by the rows of its source, for each reader anew."""

from kam.users.models import Team, User
from kam.users.terms import Position
from kpi.reports.models import SavedReport
from kpi.reports.registry import sources_for
from kpi.reports.terms import Sharing

_TO_ALL = frozenset(
    {
        Position.DIRECTOR,
        Position.MARKETING_DIRECTOR,
        Position.GENERAL_MANAGER,
        Position.CLERK,
        Position.FINANCE,
    }
)
_TO_TEAM = frozenset({Position.TEAM_LEAD, Position.MANAGER})


def can_open_reports(user: User) -> bool:
    """Whoever sees the rows of any source."""
    return user.is_active and bool(sources_for(user))


def can_share_report(user: User, sharing: Sharing, team: Team | None) -> bool:
    """Lead and manager with their team, the department's heads, clerk and finance with everybody; oneself always."""
    if sharing is Sharing.NOBODY:
        return True
    if sharing is Sharing.EVERYBODY:
        return user.position in _TO_ALL
    return team is not None and user.position in _TO_TEAM and user.pk in {team.lead_id, team.manager_id}


def can_change_report(user: User, report: SavedReport) -> bool:
    """Only its owner shares, schedules or drops it."""
    return report.owner_id == user.pk and can_open_reports(user)
