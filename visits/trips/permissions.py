"""Who may do what with trips: the traveller asks, whoever leads reads, the engine decides."""

from kam.users.models import User
from kam.users.terms import SELLERS
from visits.trips.models import Trip


def can_ask_trip(user: User) -> bool:
    return user.is_active and user.position in SELLERS


def can_edit_trip(user: User, trip: Trip) -> bool:
    """Change, submit or cancel a trip: only the traveller."""
    return can_ask_trip(user) and user.pk == trip.user_id


def can_report_trip(user: User, trip: Trip) -> bool:
    """The traveller, or whoever took the duty over."""
    return user.is_active and user.pk == trip.reporter_id
