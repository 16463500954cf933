"""Who looks at the pool, takes units out of it, and asks for a transfer."""

from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from kam.users.models import User
from kam.users.terms import SELLERS, Position


def can_see_pool(user: User) -> bool:
    """Everybody who works with units: what nobody owns is nobody's secret."""
    heads = {Position.MARKETING_DIRECTOR, Position.GENERAL_MANAGER, Position.CLERK}
    return user.is_active and user.position in SELLERS | heads


def can_claim(user: User) -> bool:
    """Whoever keeps units; the director gives them to others instead."""
    return user.is_active and user.position in SELLERS - {Position.DIRECTOR}


def can_ask_transfer(user: User, unit: KeyAccount) -> bool:
    """Whoever writes a unit that somebody owns."""
    return unit.owner_id is not None and can_edit_unit(user, unit)
