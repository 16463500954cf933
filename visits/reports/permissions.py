"""Who may hand in a visit report. Reading follows the visit."""

from kam.users.models import User
from visits.visits.models import Visit
from visits.visits.permissions import can_change_visit


def can_hand_in_report(user: User, visit: Visit) -> bool:
    """The visitor, while the unit is theirs to write."""
    return can_change_visit(user, visit)
