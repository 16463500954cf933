"""Words of receptions. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from enum import StrEnum


class ReceptionState(StrEnum):
    """Asked for, decided, held, and closed only by its report (S-191)."""

    PENDING = "pending"
    RETURNED = "returned"
    APPROVED = "approved"
    REPORTED = "reported"
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


RECEPTION_MOVES: Mapping[ReceptionState, frozenset[ReceptionState]] = {
    ReceptionState.PENDING: frozenset(
        {
            ReceptionState.APPROVED,
            ReceptionState.RETURNED,
            ReceptionState.REJECTED,
            ReceptionState.WITHDRAWN,
        }
    ),
    ReceptionState.RETURNED: frozenset({ReceptionState.PENDING, ReceptionState.WITHDRAWN}),
    ReceptionState.APPROVED: frozenset({ReceptionState.REPORTED, ReceptionState.CANCELLED}),
}
STATE_TONES: Mapping[ReceptionState, str] = {
    ReceptionState.PENDING: "pending",
    ReceptionState.RETURNED: "warn",
    ReceptionState.APPROVED: "good",
    ReceptionState.REPORTED: "good",
    ReceptionState.CANCELLED: "draft",
    ReceptionState.REJECTED: "danger",
    ReceptionState.WITHDRAWN: "draft",
}
#: From here on finance has something to do with it.
DECIDED = (ReceptionState.APPROVED, ReceptionState.REPORTED, ReceptionState.CANCELLED)


class ExcessState(StrEnum):
    """What became of a share above its limit, asked of the general manager after the report; empty where nothing is asked."""

    NONE = ""
    PENDING = "pending"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


EXCESS_MOVES: Mapping[ExcessState, frozenset[ExcessState]] = {
    ExcessState.NONE: frozenset({ExcessState.PENDING}),
    ExcessState.PENDING: frozenset(
        {ExcessState.ACCEPTED, ExcessState.RETURNED, ExcessState.REJECTED, ExcessState.WITHDRAWN}
    ),
    ExcessState.RETURNED: frozenset({ExcessState.PENDING, ExcessState.WITHDRAWN}),
}
EXCESS_TONES: Mapping[ExcessState, str] = {
    ExcessState.NONE: "draft",
    ExcessState.PENDING: "pending",
    ExcessState.RETURNED: "warn",
    ExcessState.ACCEPTED: "good",
    ExcessState.REJECTED: "danger",
    ExcessState.WITHDRAWN: "danger",
}
