"""Who may do what about the development of a unit."""

from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from kam.users.models import User
from kam.users.scopes import Reach, scope_of
from kam.users.terms import Position


def can_see_phases(user: User) -> bool:
    """The board shows the own scope; whoever has none by position has no board."""
    return scope_of(user).reach is not Reach.NOTHING


def can_move_phase(user: User, unit: KeyAccount) -> bool:
    return can_edit_unit(user, unit)


def can_write_plan(user: User, unit: KeyAccount) -> bool:
    """Whoever works the unit drafts its plan; manager and director decide on it."""
    return can_edit_unit(user, unit)


def can_override_phase(user: User, unit: KeyAccount) -> bool:
    """Move although conditions are missing: the team's manager, the director (F10)."""
    return user.position in {Position.MANAGER, Position.DIRECTOR} and can_edit_unit(user, unit)
