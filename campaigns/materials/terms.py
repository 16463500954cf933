"""Words of materials. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from enum import StrEnum


class Standing(StrEnum):
    """Whether a material is there; the due day itself is on time (D-13)."""

    PENDING = "pending"
    OVERDUE = "overdue"
    IN_PLACE = "in_place"
    CAME_LATE = "came_late"


#: The word always stands beside the colour.
STANDING_TONES: Mapping[Standing, str] = {
    Standing.PENDING: "pending",
    Standing.OVERDUE: "danger",
    Standing.IN_PLACE: "good",
    Standing.CAME_LATE: "warn",
}


class MoveKind(StrEnum):
    """What an entry of the stock ledger does; a count writes the difference to what was there."""

    RECEIPT = "receipt"
    ISSUE = "issue"
    RETURN = "return"
    COUNT = "count"


class SupplementState(StrEnum):
    """A report is handed in as soon as it is written."""

    PENDING = "pending"
    RETURNED = "returned"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


SUPPLEMENT_MOVES: Mapping[SupplementState, frozenset[SupplementState]] = {
    SupplementState.PENDING: frozenset(
        {
            SupplementState.APPROVED,
            SupplementState.RETURNED,
            SupplementState.REJECTED,
            SupplementState.WITHDRAWN,
        }
    ),
    SupplementState.RETURNED: frozenset({SupplementState.PENDING, SupplementState.WITHDRAWN}),
}
SUPPLEMENT_TONES: Mapping[SupplementState, str] = {
    SupplementState.PENDING: "pending",
    SupplementState.RETURNED: "warn",
    SupplementState.APPROVED: "good",
    SupplementState.REJECTED: "danger",
    SupplementState.WITHDRAWN: "draft",
}
