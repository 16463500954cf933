"""Who sets targets and asks for their change. Deciding is the engine's."""

from kam.users.models import User
from kam.users.scopes import scope_of
from kam.users.terms import Position
from kpi.measures.permissions import can_see_figures, can_see_measures
from kpi.measures.rules import Holder
from kpi.measures.terms import Kind
from kpi.targets.models import Target


def can_see_targets(user: User) -> bool:
    """Whoever has figures, or reads others'."""
    return can_see_measures(user)


def can_set_targets(user: User) -> bool:
    """Manager and director (S-213)."""
    return user.is_active and user.position in {Position.MANAGER, Position.DIRECTOR}


def can_set_target_of(user: User, holder: Holder, team_ids: tuple[int, ...] = ()) -> bool:
    """The director for everybody; a manager for the own teams and their people, not for themselves."""
    if not can_set_targets(user):
        return False
    if user.position == Position.DIRECTOR:
        return True
    if holder.kind is Kind.TEAM:
        return set(holder.ids) <= set(scope_of(user).team_ids)
    return holder.ids != (user.pk,) and can_see_figures(user, holder, team_ids)


def can_ask_change(user: User, target: Target) -> bool:
    """The person whose target it is, the manager of the team and the director."""
    if not user.is_active:
        return False
    return target.person_id == user.pk or can_set_targets(user)
