"""Who may do what in an evaluation."""

from accounts.evaluation.models import EvaluationRound, ScoreSheet
from accounts.evaluation.terms import SheetState
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_change_tier
from kam.users.models import User
from kam.users.terms import Position

_BOSSES = frozenset({Position.MANAGER, Position.DIRECTOR})


def can_open_rounds(user: User) -> bool:
    """Managers for their teams, the director for the department."""
    return user.is_active and user.position in _BOSSES


def can_close_round(user: User, shown: EvaluationRound) -> bool:
    """Whoever opened it, and the director."""
    return user.is_active and (
        user.position == Position.DIRECTOR or (user.position in _BOSSES and shown.opened_by_id == user.pk)
    )


def can_score(user: User, sheet: ScoreSheet) -> bool:
    """Only the person named, while the round runs and the sheet is not submitted."""
    is_open = sheet.round.is_running and sheet.state != SheetState.SUBMITTED
    return user.is_active and sheet.scorer_id == user.pk and is_open


def can_decide_focus(user: User, unit: KeyAccount) -> bool:
    """The manager of the unit confirms the focus, as with the tier."""
    return can_change_tier(user, unit)
