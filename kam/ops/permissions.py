"""Who looks behind the scenes."""

from kam.users.models import User
from kam.users.terms import Position


def can_see_operations(user: User) -> bool:
    """Administrators run the place; they see processes and counts, no customer data."""
    return user.is_active and user.position == Position.ADMINISTRATOR
