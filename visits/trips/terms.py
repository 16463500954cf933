"""Words of business trips. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from enum import StrEnum


class TripState(StrEnum):
    """Where a trip stands; the first six are the engine's words (12-decisions 10)."""

    DRAFT = "draft"
    PENDING = "pending"
    RETURNED = "returned"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    REPORTED = "reported"


#: The traveller may still change everything.
OPEN_STATES = frozenset({TripState.DRAFT, TripState.RETURNED})
#: The days are taken: asked for, allowed, or travelled.
TAKEN_STATES = frozenset({TripState.PENDING, TripState.APPROVED, TripState.REPORTED})
#: The days count as travelled.
COUNTED_STATES = frozenset({TripState.APPROVED, TripState.REPORTED})

TRIP_MOVES: Mapping[TripState, frozenset[TripState]] = {
    TripState.DRAFT: frozenset({TripState.PENDING, TripState.CANCELLED}),
    TripState.RETURNED: frozenset({TripState.PENDING, TripState.WITHDRAWN}),
    TripState.PENDING: frozenset(
        {TripState.APPROVED, TripState.RETURNED, TripState.REJECTED, TripState.WITHDRAWN}
    ),
    TripState.APPROVED: frozenset({TripState.CANCELLED, TripState.REPORTED}),
}
