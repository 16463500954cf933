"""Who may do what with a complaint, a crisis, the checklists."""

from accounts.complaints.models import Complaint, Crisis, CrisisStep
from accounts.complaints.rules import may_judge
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from kam.users.models import User
from kam.users.terms import Position

_SUPERVISORS = frozenset({Position.MANAGER, Position.DIRECTOR})


def can_record_complaint(user: User, unit: KeyAccount) -> bool:
    """Whoever writes the unit, and the clerk, who answers the telephone."""
    return user.is_active and (user.position == Position.CLERK or can_edit_unit(user, unit))


def can_handle_complaint(user: User, complaint: Complaint) -> bool:
    """Whoever handles it, and whoever writes the unit."""
    return user.is_active and (complaint.owner_id == user.pk or can_edit_unit(user, complaint.unit))


def can_supervise_complaint(user: User, complaint: Complaint) -> bool:
    """The manager in the own team and the director everywhere (S-138)."""
    return user.position in _SUPERVISORS and can_edit_unit(user, complaint.unit)


def can_judge_complaint(user: User, complaint: Complaint) -> bool:
    """A supervisor who does not handle it."""
    return can_supervise_complaint(user, complaint) and may_judge(user.pk, complaint.owner_id)


def can_lead_crisis(user: User, crisis: Crisis) -> bool:
    """The leader and the supervisors."""
    return user.is_active and (crisis.leader_id == user.pk or can_supervise_complaint(user, crisis.complaint))


def can_do_step(user: User, step: CrisisStep) -> bool:
    """Whoever is responsible for it, or leads."""
    return user.is_active and (step.responsible_id == user.pk or can_lead_crisis(user, step.crisis))


def can_name_steps(user: User) -> bool:
    """Administrators and the director keep the checklists."""
    return user.is_active and user.position in {Position.ADMINISTRATOR, Position.DIRECTOR}
