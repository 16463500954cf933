"""Who may do what with rebates. Seeing them is `Rebate.objects.visible_to`."""

from accounts.units.permissions import can_edit_unit
from campaigns.deals.models import Deal
from campaigns.rebates.models import Rebate, Recovery
from campaigns.rebates.terms import RebateState, RecoveryState
from kam.users.models import User
from kam.users.scopes import Reach, scope_of
from kam.users.terms import Position


def is_finance(user: User) -> bool:
    return user.is_active and user.position == Position.FINANCE


def can_see_rebates(user: User) -> bool:
    """Whoever sees units, and finance, which pays."""
    return scope_of(user).reach is not Reach.NOTHING or is_finance(user)


def can_see_why(user: User) -> bool:
    """The conditions speak of the unit's persons: for those who see units."""
    return scope_of(user).reach is not Reach.NOTHING


def can_claim(user: User, deal: Deal) -> bool:
    return can_edit_unit(user, deal.unit)


def can_check(user: User, rebate: Rebate) -> bool:
    """Finance checks the documents of what was approved."""
    return is_finance(user) and rebate.state == RebateState.APPROVED


def can_pay(user: User, rebate: Rebate) -> bool:
    """Finance pays what was checked; what is paid already is refused by the service, with day and name."""
    return is_finance(user) and rebate.state in {RebateState.VERIFIED, RebateState.PAID}


def can_void(user: User, rebate: Rebate) -> bool:
    """The director takes back what was approved and not paid."""
    is_open = rebate.state in {RebateState.APPROVED, RebateState.VERIFIED}
    return user.is_active and user.position == Position.DIRECTOR and is_open


def can_settle(user: User, recovery: Recovery) -> bool:
    """Finance books what came back; the director lets it go."""
    is_theirs = user.position in {Position.FINANCE, Position.DIRECTOR}
    return user.is_active and is_theirs and recovery.state == RecoveryState.OPEN
