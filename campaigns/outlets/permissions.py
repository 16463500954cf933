"""Who may do what with outlets. Seeing them is `Outlet.objects.visible_to`."""

from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from campaigns.outlets.models import Outlet
from kam.users.models import User
from kam.users.scopes import Reach, scope_of
from kam.users.terms import Position


def can_see_outlets(user: User) -> bool:
    """Whoever sees units."""
    return scope_of(user).reach is not Reach.NOTHING


def can_add_outlet(user: User, unit: KeyAccount) -> bool:
    return can_edit_unit(user, unit)


def can_write_outlet(user: User, outlet: Outlet) -> bool:
    """An open one, by whoever writes its unit."""
    return outlet.closed_on is None and can_edit_unit(user, outlet.unit)


def can_tell_sales(user: User, outlet: Outlet) -> bool:
    """Also of a closed one: the last month is told when it is over."""
    return can_edit_unit(user, outlet.unit)


def can_close_outlet(user: User, outlet: Outlet) -> bool:
    """The manager of the team and the director."""
    return user.position in {Position.MANAGER, Position.DIRECTOR} and can_write_outlet(user, outlet)
