"""Who may do what with briefings. Seeing them is `Briefing.objects.visible_to`."""

from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from campaigns.briefings.models import Briefing
from campaigns.briefings.terms import BriefingState
from kam.users.models import User
from kam.users.scopes import Reach, scope_of
from kam.users.terms import Position

_TO_COME = frozenset({BriefingState.APPROVED, BriefingState.PREPARED})
_RUNS = frozenset({BriefingState.APPROVED, BriefingState.PREPARED, BriefingState.HELD})
_TAKES_DOWN = frozenset({BriefingState.PREPARED, BriefingState.HELD})


def can_see_briefings(user: User) -> bool:
    return scope_of(user).reach is not Reach.NOTHING


def can_ask_briefing(user: User, unit: KeyAccount) -> bool:
    return can_edit_unit(user, unit)


def can_edit_briefing(user: User, briefing: Briefing) -> bool:
    """A returned request, by whoever asked."""
    is_mine = briefing.asked_by_id == user.pk
    return user.is_active and briefing.state == BriefingState.RETURNED and is_mine


def _works_on(user: User, briefing: Briefing) -> bool:
    """Whoever writes the unit, and the clerk, who sees to the logistics."""
    return user.is_active and (user.position == Position.CLERK or can_edit_unit(user, briefing.unit))


def can_prepare_briefing(user: User, briefing: Briefing) -> bool:
    return briefing.state in _TO_COME and _works_on(user, briefing)


def can_step_briefing(user: User, briefing: Briefing) -> bool:
    return briefing.state in _RUNS and _works_on(user, briefing)


def can_cancel_briefing(user: User, briefing: Briefing) -> bool:
    return briefing.state in _TO_COME and can_edit_unit(user, briefing.unit)


def can_read_numbers(user: User, briefing: Briefing, *, takes_part: bool) -> bool:
    """Mobile numbers of those who came, in clear: for whoever works on it or takes part; others read them masked."""
    return _works_on(user, briefing) or (user.is_active and takes_part)


def can_take_down(user: User, briefing: Briefing, *, takes_part: bool) -> bool:
    """Register who came: whoever works on it, and everybody of ours who takes part."""
    return briefing.state in _TAKES_DOWN and can_read_numbers(user, briefing, takes_part=takes_part)
