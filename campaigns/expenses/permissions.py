"""Who may do what with expense claims. Seeing them is `ExpenseClaim.objects.visible_to`."""

from campaigns.budgets.permissions import can_see_budgets
from campaigns.expenses.models import ExpenseClaim, PhoneLimit
from campaigns.expenses.terms import ClaimState, LimitState
from kam.users.models import User
from kam.users.terms import Position


def can_claim(user: User) -> bool:
    """Everybody who has a part in the department's money."""
    return can_see_budgets(user)


def can_edit_claim(user: User, claim: ExpenseClaim) -> bool:
    """A draft, by the claimant."""
    return user.is_active and claim.state == ClaimState.DRAFT and claim.claimant_id == user.pk


def can_pay_claim(user: User, claim: ExpenseClaim) -> bool:
    """Finance pays what was approved, never the own claim."""
    is_finance = user.is_active and user.position == Position.FINANCE
    return is_finance and claim.state == ClaimState.APPROVED and claim.claimant_id != user.pk


def can_cancel_claim(user: User, claim: ExpenseClaim) -> bool:
    """Approved and not paid yet: the claimant who does not want it, or finance that will not pay it as it is."""
    is_theirs = claim.claimant_id == user.pk or user.position == Position.FINANCE
    return user.is_active and is_theirs and claim.state == ClaimState.APPROVED


def can_edit_limit(user: User, limit: PhoneLimit) -> bool:
    """One that was returned for changes, by whoever asked."""
    return user.is_active and limit.state == LimitState.RETURNED and limit.asked_by_id == user.pk
