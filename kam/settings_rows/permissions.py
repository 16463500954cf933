"""Who reads settings in Django admin; changing one is a rule change (kam.approvals)."""

from kam.users.models import User
from kam.users.terms import Position

_READERS = {Position.ADMINISTRATOR, Position.DIRECTOR, Position.HR, Position.GENERAL_MANAGER}


def can_see_settings(user: User) -> bool:
    """Whoever drafts or decides rules."""
    return user.is_active and user.position in _READERS
