"""Who may post bulletins; reading is for everybody but the administrator (12-decisions, 3)."""

from kam.users.models import User
from kam.users.terms import Position

_READERS = frozenset(Position) - {Position.ADMINISTRATOR}


def can_read_bulletins(user: User) -> bool:
    return user.is_active and user.position in _READERS


def can_publish_bulletins(user: User) -> bool:
    """Marketing director and clerk speak for the marketing centre."""
    return user.is_active and user.position in {Position.MARKETING_DIRECTOR, Position.CLERK}
