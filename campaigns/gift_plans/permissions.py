"""Who may do what with gift plans and recurring gifts. Seeing them is `visible_to`."""

from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from campaigns.gift_plans.models import GiftPlan, GiftPlanLine, GiftSchedule
from campaigns.gift_plans.terms import OPEN_STATES, PlanState
from kam.users.models import User
from kam.users.scopes import Reach, scope_of
from kam.users.terms import SELLERS


def can_see_plans(user: User) -> bool:
    """Whoever sees units."""
    return scope_of(user).reach is not Reach.NOTHING


def can_plan_gifts(user: User) -> bool:
    """Whoever sells."""
    return user.is_active and user.position in SELLERS


def can_edit_plan(user: User, plan: GiftPlan) -> bool:
    """A draft or a returned plan, by whoever wrote it."""
    return can_plan_gifts(user) and plan.state in OPEN_STATES and plan.owner_id == user.pk


def can_ask_line(user: User, line: GiftPlanLine) -> bool:
    """A line of an approved plan, by whoever writes the unit."""
    return line.plan.state == PlanState.APPROVED and can_edit_unit(user, line.unit)


def can_add_schedule(user: User, unit: KeyAccount) -> bool:
    return can_edit_unit(user, unit)


def can_end_schedule(user: User, schedule: GiftSchedule) -> bool:
    """A running one, by whoever writes the unit."""
    return schedule.ends_on is None and can_edit_unit(user, schedule.unit)
