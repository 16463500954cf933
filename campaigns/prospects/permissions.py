"""Who may do what with registered customers. Seeing them is `Prospect.objects.visible_to`."""

from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from campaigns.prospects.models import Prospect
from kam.users.models import User
from kam.users.scopes import Reach, scope_of


def can_see_prospects(user: User) -> bool:
    return scope_of(user).reach is not Reach.NOTHING


def can_register_prospect(user: User) -> bool:
    """Whoever works with customers registers those of no unit."""
    return scope_of(user).writable is not Reach.NOTHING


def can_register_for(user: User, unit: KeyAccount) -> bool:
    return can_edit_unit(user, unit)


def can_change_prospect(user: User, prospect: Prospect) -> bool:
    """Whoever writes the unit, or registered a customer of no unit."""
    if prospect.unit is not None:
        return can_edit_unit(user, prospect.unit)
    return scope_of(user).may_write(prospect.owner_id, prospect.team_id)
