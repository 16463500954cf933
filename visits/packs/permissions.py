"""Who looks at the ledger of promises: whoever works with units; the rows are limited to units one may open."""

from kam.users.models import User
from visits.plans.permissions import can_read_plans


def can_see_promises(user: User) -> bool:
    return can_read_plans(user)
