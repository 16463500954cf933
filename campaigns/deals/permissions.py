"""Who may do what with deals. Seeing them is `Deal.objects.visible_to`."""

from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from campaigns.deals.models import Crossing, Deal
from campaigns.deals.terms import DealState, LossDecision
from kam.users.models import User
from kam.users.scopes import Reach, scope_of
from kam.users.terms import Position


def can_see_deals(user: User) -> bool:
    """Whoever sees units, and finance, where they are paid."""
    return scope_of(user).reach is not Reach.NOTHING or (user.is_active and user.position == Position.FINANCE)


def can_open_deal(user: User, unit: KeyAccount) -> bool:
    return can_edit_unit(user, unit)


def can_sign_deal(user: User, deal: Deal) -> bool:
    return deal.state == DealState.AGREED and can_edit_unit(user, deal.unit)


def can_cancel_deal(user: User, deal: Deal) -> bool:
    """An agreed one by whoever writes the unit; a signed one by the manager or the director, because it moves money."""
    if not can_edit_unit(user, deal.unit) or deal.state == DealState.CANCELLED:
        return False
    return deal.state == DealState.AGREED or user.position in {Position.MANAGER, Position.DIRECTOR}


def can_receive_payment(user: User, deal: Deal) -> bool:
    """Finance confirms what was received."""
    return user.is_active and user.position == Position.FINANCE and deal.state == DealState.SIGNED


def can_decide_loss(user: User, crossing: Crossing) -> bool:
    """The director decides what happens when the number is lost."""
    return user.is_active and user.position == Position.DIRECTOR and crossing.decision == LossDecision.OPEN
