"""Who searches the audit."""

from kam.users.models import User
from kam.users.terms import Position

_SEARCHERS = {Position.ADMINISTRATOR, Position.DIRECTOR}


def can_search_audit(user: User) -> bool:
    """Administrators and the director; personal values are masked for both."""
    return user.is_active and user.position in _SEARCHERS
