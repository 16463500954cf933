"""Who may look at how the digests went."""

from kam.users.models import User
from kam.users.terms import Position


def can_see_missed_digests(user: User) -> bool:
    """Say whether this person looks after the machinery."""
    return user.is_active and user.position == Position.ADMINISTRATOR


def may_have_digests(user: User) -> bool:
    """Say whether digests are made for this person's position."""
    return user.is_active and user.position != Position.ADMINISTRATOR
