"""Valid plans, bookings and visits, nothing surprising."""

from visits.bookings.models import Resource
from visits.bookings.terms import ResourceKind


def make_vehicle(name: str = "湘B K2186") -> Resource:
    """Return a van that can be booked."""
    return Resource.objects.create(kind=ResourceKind.VEHICLE, name=name)
