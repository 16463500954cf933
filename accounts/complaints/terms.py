"""Words of complaints, after-sales service and crises. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from enum import StrEnum


class ComplaintKind(StrEnum):
    """What the customer complains of."""

    QUALITY = "quality"
    DELIVERY = "delivery"
    SERVICE = "service"
    PRICE = "price"
    OTHER = "other"


class Severity(StrEnum):
    """A severe complaint is answered within a day, any other within five (12-decisions)."""

    SEVERE = "severe"
    OTHER = "other"


class ComplaintState(StrEnum):
    RECEIVED = "received"
    INVESTIGATING = "investigating"
    AGREED = "agreed"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Verdict(StrEnum):
    """Whether the complaint counts: only valid ones do (S-200)."""

    UNDECIDED = "undecided"
    VALID = "valid"
    INVALID = "invalid"


class Agreement(StrEnum):
    """What the customer says to our solution."""

    NOT_ASKED = "not_asked"
    AGREES = "agrees"
    DISAGREES = "disagrees"


class StepKind(StrEnum):
    """Where a row of a checklist belongs: service after the sale, or handling of a crisis."""

    AFTER_SALES = "after_sales"
    CRISIS = "crisis"


COMPLAINT_TRANSITIONS: Mapping[ComplaintState, frozenset[ComplaintState]] = {
    ComplaintState.RECEIVED: frozenset({ComplaintState.INVESTIGATING}),
    ComplaintState.INVESTIGATING: frozenset({ComplaintState.AGREED, ComplaintState.CLOSED}),
    ComplaintState.AGREED: frozenset({ComplaintState.RESOLVED, ComplaintState.INVESTIGATING}),
    ComplaintState.RESOLVED: frozenset({ComplaintState.CLOSED, ComplaintState.INVESTIGATING}),
}
#: While one of these holds, the customer waits for us.
WAITING = (ComplaintState.RECEIVED, ComplaintState.INVESTIGATING, ComplaintState.AGREED)
