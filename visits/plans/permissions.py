"""Who may plan what."""

from kam.users.models import User
from kam.users.scopes import scope_of
from kam.users.terms import SELLERS, Position
from visits.plans.models import PlanLine, WeekPlan

#: Who may look at week plans at all; the rows are limited by visible_to.
READERS = SELLERS | {Position.MARKETING_DIRECTOR, Position.GENERAL_MANAGER, Position.CLERK}


def can_read_plans(user: User) -> bool:
    """Sellers plan; the heads above them and the clerk (vehicles) read."""
    return user.is_active and user.position in READERS


def can_plan(user: User) -> bool:
    """Have a week plan of one's own."""
    return user.is_active and user.position in SELLERS


def can_plan_for(user: User, owner: User, team_id: int | None) -> bool:
    """Plan for `owner`: oneself, or whoever one leads with the right to write."""
    if user.pk == owner.pk:
        return can_plan(user)
    return can_plan(owner) and scope_of(user).may_write(owner.pk, team_id)


def can_edit_plan(user: User, plan: WeekPlan) -> bool:
    """Change lines of a plan; what the state allows is the service's question."""
    return can_plan(user) and scope_of(user).may_write(plan.user_id, plan.team_id)


def can_submit_plan(user: User, plan: WeekPlan) -> bool:
    """Only the person who goes asks for approval."""
    return user.pk == plan.user_id and can_plan(user)


def can_edit_line(user: User, line: PlanLine) -> bool:
    return can_edit_plan(user, line.plan)
