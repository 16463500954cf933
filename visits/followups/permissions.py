"""Who hands in follow-up forms. Reading: FollowUpQuerySet.visible_to."""

from kam.users.models import User
from visits.visits.permissions import can_log_visits


def can_file_followup(user: User) -> bool:
    """Everybody who sells owes the form (S-154)."""
    return can_log_visits(user)
