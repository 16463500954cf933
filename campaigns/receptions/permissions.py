"""Who may do what with receptions. Seeing them is `Reception.objects.visible_to`."""

from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from campaigns.receptions.models import Reception
from campaigns.receptions.terms import ExcessState, ReceptionState
from kam.users.models import User
from kam.users.scopes import Reach, scope_of
from kam.users.terms import Position


def can_see_receptions(user: User) -> bool:
    """Whoever sees units, and finance, where the money goes."""
    return scope_of(user).reach is not Reach.NOTHING or (user.is_active and user.position == Position.FINANCE)


def can_ask_reception(user: User, unit: KeyAccount) -> bool:
    return can_edit_unit(user, unit)


def can_edit_reception(user: User, reception: Reception) -> bool:
    """A returned request, by whoever asked."""
    is_mine = reception.asked_by_id == user.pk
    return user.is_active and reception.state == ReceptionState.RETURNED and is_mine


def can_report_reception(user: User, reception: Reception) -> bool:
    """An approved one, by whoever writes the unit; the clerk helps with receptions (S-140)."""
    may = can_edit_unit(user, reception.unit) or user.position == Position.CLERK
    return user.is_active and reception.state == ReceptionState.APPROVED and may


def can_explain_excess(user: User, reception: Reception) -> bool:
    """A share above its limit that the general manager gave back, by whoever reported it."""
    is_mine = reception.reported_by_id == user.pk
    return user.is_active and reception.excess_state == ExcessState.RETURNED and is_mine


def can_cancel_reception(user: User, reception: Reception) -> bool:
    return reception.state == ReceptionState.APPROVED and can_edit_unit(user, reception.unit)
