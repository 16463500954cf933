"""Days travelled and reports due, for many people at once."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from kam.core.clock import business_date
from kam.core.periods import Period
from kam.users.models import User
from visits.trips.models import Trip
from visits.trips.rules import days_within
from visits.trips.terms import TripState


def trip_days(users: Collection[int], first: date, last: date) -> dict[int, int]:
    """Return user id → days of approved or reported trips in the period, until today. One query."""
    rows = Trip.objects.counted().filter(user__in=users, starts_on__lte=last, ends_on__gte=first)
    trips: dict[int, list[Period]] = defaultdict(list)
    for user_id, start, end in rows.values_list("user_id", "starts_on", "ends_on"):
        trips[user_id].append(Period(start, end))
    today = business_date()
    return {pk: days_within(mine, Period(first, last), until=today) for pk, mine in trips.items()}


def trips_told(users: Sequence[User], day: date) -> dict[int, list[Trip]]:
    """Return user id → trips that run on `day`, begin within a week, or wait for their report. One query."""
    rows = Trip.objects.filter(reporter__in=users, state=TripState.APPROVED).order_by("starts_on", "pk")
    found: dict[int, list[Trip]] = defaultdict(list)
    for trip in rows.prefetch_related("units"):
        if (trip.starts_on - day).days <= 7:
            found[trip.reporter_id].append(trip)
    return found
