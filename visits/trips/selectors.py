"""Days travelled and reports due, for many people at once."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from operator import attrgetter, itemgetter
from typing import Any

from django.db.models import QuerySet

from kam.core.clock import business_date
from kam.core.periods import Period, month_of
from kam.today.asks import Ask
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


def _travelled(people: Any, day: date) -> QuerySet[Trip, Any]:
    month = month_of(day)
    rows = Trip.objects.counted().filter(
        user__any_of=people, starts_on__lte=month.last, ends_on__gte=month.first
    )
    return rows.order_by().values_list("user", "starts_on", "ends_on")


TRAVELLED: Ask[Any] = Ask("trips.travelled", _travelled, itemgetter(0))


def days_this_month(users: Sequence[User], day: date) -> dict[int, int]:
    """Return user id → days of approved or reported trips in the month of `day`, until today."""
    month, today = month_of(day), business_date()
    return {
        pk: days_within((Period(start, end) for _pk, start, end in rows), month, until=today)
        for pk, rows in TRAVELLED(users, day).items()
    }


#: Trips that run, begin within a week, or wait for their report.
TRIPS_TOLD: Ask[Trip] = Ask(
    "trips.told",
    lambda people, day: (
        Trip.objects.filter(
            reporter__any_of=people, state=TripState.APPROVED, starts_on__lte=day + timedelta(days=7)
        )
        .order_by("starts_on", "pk")
        .prefetch_related("units")
    ),
    attrgetter("reporter_id"),
)
