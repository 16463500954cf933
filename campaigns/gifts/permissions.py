"""Who may do what with gifts. Seeing requests is `GiftRequest.objects.visible_to`."""

from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from campaigns.gifts.models import GiftRequest
from campaigns.gifts.terms import GiftState
from kam.users.models import User
from kam.users.scopes import Reach, scope_of
from kam.users.terms import Position

_KEEPERS = frozenset({Position.CLERK, Position.FINANCE})


def can_see_gifts(user: User) -> bool:
    """Whoever sees units, and finance, where the money goes."""
    return scope_of(user).reach is not Reach.NOTHING or (user.is_active and user.position == Position.FINANCE)


def can_keep_stock(user: User) -> bool:
    """The clerk and finance keep catalogue and stock, and give out what was approved (S-186)."""
    return user.is_active and user.position in _KEEPERS


def can_ask_gift(user: User, unit: KeyAccount) -> bool:
    return can_edit_unit(user, unit)


def can_edit_gift(user: User, gift: GiftRequest) -> bool:
    """A returned request, by whoever asked."""
    return user.is_active and gift.state == GiftState.RETURNED and gift.asked_by_id == user.pk


def can_issue_gift(user: User, gift: GiftRequest) -> bool:
    return gift.state == GiftState.APPROVED and can_keep_stock(user)


def can_hand_over_gift(user: User, gift: GiftRequest) -> bool:
    """Whoever writes the unit takes it there."""
    return gift.state == GiftState.ISSUED and can_edit_unit(user, gift.unit)


def can_acknowledge_gift(user: User, gift: GiftRequest) -> bool:
    return gift.state == GiftState.HANDED_OVER and can_edit_unit(user, gift.unit)


def can_end_gift(user: User, gift: GiftRequest) -> bool:
    """Cancelled before it is handed over, taken back after; by whoever writes the unit."""
    open_states = {GiftState.APPROVED, GiftState.ISSUED, GiftState.HANDED_OVER, GiftState.ACKNOWLEDGED}
    return gift.state in open_states and can_edit_unit(user, gift.unit)
