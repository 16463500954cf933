"""Who may do what about product lines; positions at a unit follow the unit (accounts.units.permissions)."""

from kam.users.models import User
from kam.users.terms import Position


def can_name_product_lines(user: User) -> bool:
    """Administrators and the director keep the list of lines."""
    return user.is_active and user.position in {Position.ADMINISTRATOR, Position.DIRECTOR}
