"""Who may accept a danger: whoever works the unit."""

from accounts.red_flags.models import RedFlag
from accounts.units.permissions import can_edit_unit
from kam.users.models import User
from kam.users.scopes import Reach, scope_of


def can_see_flags(user: User) -> bool:
    return scope_of(user).reach is not Reach.NOTHING


def can_acknowledge_flag(user: User, flag: RedFlag) -> bool:
    return can_edit_unit(user, flag.unit)
