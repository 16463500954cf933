"""Who may do what with supplies. Seeing accounts is `SupplyAccount.objects.visible_to`."""

from campaigns.supplies.models import SupplyAccount
from campaigns.supplies.terms import AccountState
from kam.users.models import User
from kam.users.terms import SELLERS, Position

_ASKERS = SELLERS | {Position.CLERK, Position.MARKETING_DIRECTOR}


def can_see_supplies(user: User) -> bool:
    """Whoever may draw, and the general manager."""
    return user.is_active and (user.position in _ASKERS or user.position == Position.GENERAL_MANAGER)


def can_ask_account(user: User) -> bool:
    return user.is_active and user.position in _ASKERS


def can_edit_account(user: User, account: SupplyAccount) -> bool:
    """One that was returned for changes, by whoever asked."""
    return user.is_active and account.state == AccountState.RETURNED and account.asked_by_id == user.pk


def can_keep_supplies(user: User) -> bool:
    """The clerk hands out, takes back and keeps the stock."""
    return user.is_active and user.position == Position.CLERK


def can_hand_out(user: User, account: SupplyAccount) -> bool:
    return can_keep_supplies(user) and account.state == AccountState.OPEN


def can_use(user: User, account: SupplyAccount) -> bool:
    """Whoever holds it says what was used, for a team its people; the clerk for everybody. Seeing the account comes first."""
    is_theirs = account.user_id in {None, user.pk} or user.position == Position.CLERK
    return can_ask_account(user) and is_theirs and account.state == AccountState.OPEN
