"""Who proposes honours. Deciding is the engine's; what was approved everybody reads."""

from kam.users.models import User
from kam.users.terms import Position
from kpi.honours.models import Honour
from kpi.honours.terms import HonourState

_PROPOSERS = frozenset({Position.MANAGER, Position.DIRECTOR, Position.HR})


def can_see_honours(user: User) -> bool:
    """Honours are there to be seen."""
    return user.is_active


def can_propose(user: User) -> bool:
    """Manager, director, HR."""
    return user.is_active and user.position in _PROPOSERS


def can_propose_again(user: User, honour: Honour) -> bool:
    """Whoever proposed it, once it was returned."""
    return user.is_active and honour.proposed_by_id == user.pk and honour.state == HonourState.RETURNED
