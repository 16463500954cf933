"""Who is on leave on a day."""

from collections.abc import Collection
from datetime import date

from kam.people.selectors import absences_on


def absent_on(day: date) -> Collection[int]:
    """Return the ids of those on leave on `day`, whether somebody stands in for them or not."""
    return frozenset(row.user_id for row in absences_on(day))
