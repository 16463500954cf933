"""Who may do what with people."""

from kam.people.models import Absence, Handover
from kam.users.models import Team, User
from kam.users.scopes import superior_of
from kam.users.terms import Position

_SEE_USERS = frozenset({Position.ADMINISTRATOR, Position.HR, Position.GENERAL_MANAGER, Position.DIRECTOR})
_DRAFT_POSITIONS = frozenset({Position.ADMINISTRATOR, Position.HR, Position.DIRECTOR})
_DIRECTOR_AND_ABOVE = frozenset({Position.DIRECTOR, Position.GENERAL_MANAGER})


def can_see_users(user: User) -> bool:
    """The list of people in the administration."""
    return user.is_active and user.position in _SEE_USERS


def can_manage_users(user: User) -> bool:
    """Add people, change and deactivate them, set up teams: administrators."""
    return user.is_active and user.position == Position.ADMINISTRATOR


def can_draft_position_change(user: User) -> bool:
    """Propose another position; HR or the general manager decides (12-decisions, 6)."""
    return user.is_active and user.position in _DRAFT_POSITIONS


def can_hand_over(user: User, person: User) -> bool:
    """Prepare a handover: the manager for the own teams' people, the director for everybody else, never for oneself."""
    if not user.is_active or user.pk == person.pk:
        return False
    if user.position in _DIRECTOR_AND_ABOVE:
        return True
    return (
        user.position == Position.MANAGER
        and Team.objects.filter(manager=user, memberships__user=person, memberships__ended_on=None).exists()
    )


def may_prepare(user: User) -> bool:
    """Prepare handovers at all; of whom says `can_hand_over`."""
    return user.is_active and user.position in _DIRECTOR_AND_ABOVE | {Position.MANAGER}


def can_change_handover(user: User, handover: Handover) -> bool:
    """Who prepared it, as long as it is being prepared."""
    return handover.prepared_by_id == user.pk and handover.state == "draft" and user.is_active


def can_confirm_absence(user: User, absence: Absence) -> bool:
    """The absent person's superior confirms an unusual substitute; never the absent person or the substitute."""
    if not user.is_active or user.pk in {absence.user_id, absence.substitute_id}:
        return False
    superior = superior_of(absence.user)
    return superior is not None and superior.pk == user.pk


def can_cancel_absence(user: User, absence: Absence) -> bool:
    """The absent person, or their superior."""
    superior = superior_of(absence.user)
    return user.is_active and (
        user.pk == absence.user_id or (superior is not None and superior.pk == user.pk)
    )


def can_unmask(user: User) -> bool:
    """See personal data of people one does not own or manage, with a reason: director and general manager."""
    return user.is_active and user.position in _DIRECTOR_AND_ABOVE
