"""Who is on leave on a day."""

from collections.abc import Collection
from datetime import date

from kam.people.models import Absence


def absent_on(day: date) -> Collection[int]:
    """Return the ids of those on leave on `day`, whether somebody stands in for them or not."""
    return frozenset(Absence.objects.on(day).values_list("user_id", flat=True))
