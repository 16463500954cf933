"""Rooms above that follow what becomes of an appointment, in the transaction of the act itself."""

from collections.abc import Callable

from kam.users.models import User
from visits.appointments.models import Appointment

Follower = Callable[[Appointment, User | None], None]

_followers: dict[str, Follower] = {}


def register_follower(key: str, follower: Follower) -> None:
    """Register `follower(appointment, by)`: called when time or person changed, or when it was broken."""
    _followers[key] = follower


def tell_followers(appointment: Appointment, by: User | None) -> None:
    for follower in _followers.values():
        follower(appointment, by)
