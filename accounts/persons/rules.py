"""When a key person may be designated, and which assessments are allowed.

The key person is chosen at the first visit, from the persons met there, within seven days of it by the server's clock; every
later change needs two approvals (12-decisions 19). See docs/domain/units.md.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

SCALES = {"influence": (1, 5), "awareness": (1, 5), "acceptance": (1, 5), "rating": (-5, 5)}


@dataclass(frozen=True, slots=True)
class FirstVisit:
    """What is known of a unit's first visit: its day, when it was entered, and who was met."""

    on: date
    entered_at: datetime
    met: Collection[int]


def designation_problem(person_id: int, first: FirstVisit | None, *, now: datetime, days: int) -> str:
    """Return "" where the person may be designated now, else no_visit, not_met or late."""
    if first is None:
        return "no_visit"
    if person_id not in first.met:
        return "not_met"
    return "late" if now > first.entered_at + timedelta(days=days) else ""


def is_frozen(entered_at: datetime, *, now: datetime, hours: int) -> bool:
    """Say whether the persons met on a first visit can no longer be corrected: from that hour on."""
    return now >= entered_at + timedelta(hours=hours)


def in_scale(field: str, value: int | None) -> bool:
    """Say whether a number lies on the scale of its field; None is always fine."""
    if value is None or field not in SCALES:
        return True
    low, high = SCALES[field]
    return low <= value <= high
