"""Who may do what with purchases. Seeing them is `Purchase.objects.visible_to`."""

from campaigns.budgets.permissions import can_see_budgets
from campaigns.purchases.models import Purchase
from campaigns.purchases.terms import PurchaseState
from kam.users.models import User
from kam.users.terms import Position


def can_purchase(user: User) -> bool:
    """Everybody who has a part in the department's money."""
    return can_see_budgets(user)


def can_edit_purchase(user: User, purchase: Purchase) -> bool:
    """A draft, by whoever asks."""
    return user.is_active and purchase.state == PurchaseState.DRAFT and purchase.asked_by_id == user.pk


def can_receive(user: User, purchase: Purchase) -> bool:
    """The clerk buys and takes in what comes."""
    return user.is_active and user.position == Position.CLERK and purchase.state == PurchaseState.APPROVED


def can_cancel(user: User, purchase: Purchase) -> bool:
    """Approved and not bought yet: whoever asked, or the clerk who cannot get it."""
    is_theirs = purchase.asked_by_id == user.pk or user.position == Position.CLERK
    return user.is_active and is_theirs and purchase.state == PurchaseState.APPROVED


def can_pay(user: User, purchase: Purchase) -> bool:
    """Finance pays what came, never what they asked for themselves."""
    is_finance = user.is_active and user.position == Position.FINANCE
    return is_finance and purchase.state == PurchaseState.RECEIVED and purchase.asked_by_id != user.pk
