"""Who may read the register. Which rows is `Benefit.objects.visible_to`."""

from kam.users.models import User
from kam.users.scopes import Reach, scope_of


def can_see_register(user: User) -> bool:
    """Whoever sees units: the register is about their persons."""
    return scope_of(user).reach is not Reach.NOTHING
