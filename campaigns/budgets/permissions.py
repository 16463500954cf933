"""Who may do what with a budget. Seeing it is `Budget.objects.visible_to`."""

from campaigns.budgets.models import Budget, BudgetChange
from campaigns.budgets.terms import BudgetState, ChangeState
from kam.users.models import User
from kam.users.terms import LINE, Position

_PLANNERS = frozenset({Position.MANAGER, Position.DIRECTOR, Position.MARKETING_DIRECTOR})
_READERS = _PLANNERS | {
    Position.SPECIALIST,
    Position.TEAM_LEAD,
    Position.CLERK,
    Position.GENERAL_MANAGER,
    Position.FINANCE,
}


def can_see_budgets(user: User) -> bool:
    """Everybody who plans, decides, pays or spends by requests; HR and administrators have no part in money."""
    return user.is_active and user.position in _READERS


def can_add_budget(user: User) -> bool:
    """Managers and directors plan money."""
    return user.is_active and user.position in _PLANNERS


def can_edit_budget(user: User, budget: Budget) -> bool:
    """A draft, by those who plan."""
    return budget.state == BudgetState.DRAFT and can_add_budget(user)


def can_ask_change(user: User, budget: Budget) -> bool:
    """The department asks by report for more money, or for money of another line (S-131)."""
    is_ours = user.position in LINE and user.position != Position.GENERAL_MANAGER
    return user.is_active and is_ours and budget.state == BudgetState.APPROVED


def can_edit_change(user: User, change: BudgetChange) -> bool:
    """A returned report, by its writer."""
    return user.is_active and change.state == ChangeState.RETURNED and change.asked_by_id == user.pk


def can_book(user: User, budget: Budget) -> bool:
    """Finance pays, and books by hand what no request stands for."""
    return user.is_active and user.position == Position.FINANCE and budget.state == BudgetState.APPROVED
