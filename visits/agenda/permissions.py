"""Who may look at calendars, and who has one to subscribe to."""

from kam.users.models import User
from visits.plans.permissions import can_plan, can_read_plans


def can_read_agenda(user: User) -> bool:
    """Whoever reads week plans reads calendars; the rows are limited by each source."""
    return can_read_plans(user)


def can_subscribe(user: User) -> bool:
    """Whoever has days of their own to subscribe to."""
    return can_plan(user)
