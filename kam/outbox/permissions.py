"""Who looks after messages that did not go out by themselves."""

from django.conf import settings

from kam.users.models import User
from kam.users.terms import Position


def can_settle_messages(user: User) -> bool:
    """Say whether this person sees dead and unsure messages and decides about them."""
    return user.is_active and user.position == Position.ADMINISTRATOR


def can_read_sink(user: User) -> bool:
    """Say whether this person may read what the laptop's mail sink took: never outside a laptop."""
    return bool(settings.LAPTOP) and can_settle_messages(user)
