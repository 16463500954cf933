"""Who may do what with equipment on loan. Seeing loans is `Loan.objects.visible_to`."""

from kam.users.models import User
from kam.users.terms import SELLERS, Position
from visits.equipment.models import Loan
from visits.equipment.terms import LoanState

_ASKERS = SELLERS | {Position.CLERK, Position.MARKETING_DIRECTOR}


def can_see_loans(user: User) -> bool:
    """Whoever may ask, and the general manager."""
    return user.is_active and (user.position in _ASKERS or user.position == Position.GENERAL_MANAGER)


def can_ask_loan(user: User) -> bool:
    return user.is_active and user.position in _ASKERS


def can_edit_loan(user: User, loan: Loan) -> bool:
    """One that was returned for changes, by whoever asked."""
    return user.is_active and loan.state == LoanState.SENT_BACK and loan.user_id == user.pk


def can_cancel_loan(user: User, loan: Loan) -> bool:
    """Approved and not handed out, by whoever asked."""
    return user.is_active and loan.state == LoanState.APPROVED and loan.user_id == user.pk


def can_hand_out(user: User, loan: Loan) -> bool:
    """The clerk has the keys."""
    return user.is_active and loan.state == LoanState.APPROVED and user.position == Position.CLERK


def can_take_back(user: User, loan: Loan) -> bool:
    return user.is_active and loan.state == LoanState.OUT and user.position == Position.CLERK
