"""Who keeps what the department lends out, and who reads who has it."""

from kam.users.models import User
from kam.users.terms import SELLERS, Position

_READERS = SELLERS | {Position.MARKETING_DIRECTOR, Position.GENERAL_MANAGER, Position.CLERK}


def can_read_resources(user: User) -> bool:
    """Whoever plans or reads plans."""
    return user.is_active and user.position in _READERS


def can_keep_resources(user: User) -> bool:
    """The clerk has the keys."""
    return user.is_active and user.position == Position.CLERK
