"""Who connects other programs: the administrator, as with all machinery."""

from kam.users.models import User
from kam.users.terms import Position


def can_connect_programs(user: User) -> bool:
    """Say whether this person sees and makes webhooks. What is sent holds numbers of records, nothing of what stands in them."""
    return user.is_active and user.position == Position.ADMINISTRATOR
