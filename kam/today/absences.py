"""Who is on leave on a day, and who stands in for whom."""

from collections.abc import Collection
from datetime import date

from kam.approvals.registry import substitutes_on


def absent_on(day: date) -> Collection[int]:
    """Return the ids of those on leave on `day`."""
    return frozenset(absent for absent, _stand_in in substitutes_on(day))
