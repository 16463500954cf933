"""Who sees which files are incomplete: whoever sees units, and only those units."""

from kam.users.models import User
from kam.users.scopes import Reach, scope_of


def can_see_archive(user: User) -> bool:
    """Say whether the list of incomplete files is theirs to open; its rows are the units in their scope."""
    return user.is_active and scope_of(user).reach is not Reach.NOTHING
