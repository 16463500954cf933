"""Who sees whose figures: own ones, the team's, everybody's. HR reads scores, hence the figures behind them."""

from kam.users.models import User
from kam.users.scopes import Reach, scope_of
from kam.users.terms import Position
from kpi.measures.rules import Holder
from kpi.measures.terms import Kind


def can_see_measures(user: User) -> bool:
    """Whoever has figures, or reads others'."""
    return reach_of(user) is not Reach.NOTHING


def reach_of(user: User) -> Reach:
    """How far a person sees figures: as far as rows, HR everywhere."""
    if user.is_active and user.position == Position.HR:
        return Reach.DEPARTMENT
    return scope_of(user).reach


def can_see_figures(user: User, holder: Holder, team_ids: tuple[int, ...] = ()) -> bool:
    """Say whether these figures may be read; `team_ids` are the teams of the person whose they are."""
    reach = reach_of(user)
    if reach is Reach.DEPARTMENT:
        return True
    if reach is Reach.NOTHING or holder.kind is Kind.DEPARTMENT:
        return False
    if holder.kind is Kind.PERSON and holder.ids == (user.pk,):
        return True
    theirs = holder.ids if holder.kind is Kind.TEAM else team_ids
    return reach is Reach.TEAM and bool(theirs) and set(theirs) <= set(scope_of(user).team_ids)
