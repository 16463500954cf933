"""Who keeps what the department lends out, and who reads who has it."""

from kam.users.models import User
from kam.users.terms import Position
from visits.bookings.terms import READERS


def can_read_resources(user: User) -> bool:
    """Whoever plans or reads plans."""
    return user.is_active and user.position in READERS


def can_keep_resources(user: User) -> bool:
    """The clerk has the keys."""
    return user.is_active and user.position == Position.CLERK
