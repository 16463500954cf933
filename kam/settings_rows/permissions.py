"""Who reads settings in Django admin; changing one is a rule change (kam.approvals)."""

from kam.users.models import User
from kam.users.terms import Position

#: Who drafts rule changes of settings and of working days (kam.approvals, which lies above, asks for the same).
_DRAFTERS = {Position.ADMINISTRATOR, Position.DIRECTOR}
_READERS = {Position.ADMINISTRATOR, Position.DIRECTOR, Position.HR, Position.GENERAL_MANAGER}


def can_see_settings(user: User) -> bool:
    """Whoever drafts or decides rules."""
    return user.is_active and user.position in _READERS


def can_propose_settings(user: User) -> bool:
    """Whoever may draft the rule change."""
    return user.is_active and user.position in _DRAFTERS
