"""Who may do what with bids. Seeing them is `Bid.objects.visible_to`."""

from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from campaigns.bids.models import Bid
from campaigns.bids.terms import OPEN_STATES
from kam.users.models import User
from kam.users.scopes import Reach, scope_of


def can_see_bids(user: User) -> bool:
    return scope_of(user).reach is not Reach.NOTHING


def can_bid(user: User, unit: KeyAccount) -> bool:
    return can_edit_unit(user, unit)


def can_move_bid(user: User, bid: Bid) -> bool:
    """Whoever writes the unit, while it is open."""
    return bid.state in OPEN_STATES and can_edit_unit(user, bid.unit)
