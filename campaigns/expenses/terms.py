"""Words of expense claims. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from enum import StrEnum


class ExpenseKind(StrEnum):
    """What was paid out of one's own pocket; guests are a reception, whose report settles the bill."""

    TRANSPORT = "transport"
    PHONE = "phone"
    TRIP = "trip"
    MATERIAL = "material"
    OTHER = "other"


class ClaimState(StrEnum):
    """A claim collects receipts, is handed in, decided, and paid once, or cancelled before that."""

    DRAFT = "draft"
    PENDING = "pending"
    APPROVED = "approved"
    PAID = "paid"
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


CLAIM_MOVES: Mapping[ClaimState, frozenset[ClaimState]] = {
    ClaimState.DRAFT: frozenset({ClaimState.PENDING, ClaimState.WITHDRAWN}),
    ClaimState.PENDING: frozenset(
        {ClaimState.APPROVED, ClaimState.DRAFT, ClaimState.REJECTED, ClaimState.WITHDRAWN}
    ),
    ClaimState.APPROVED: frozenset({ClaimState.PAID, ClaimState.CANCELLED}),
}
STATE_TONES: Mapping[ClaimState, str] = {
    ClaimState.DRAFT: "draft",
    ClaimState.PENDING: "pending",
    ClaimState.APPROVED: "good",
    ClaimState.PAID: "good",
    ClaimState.CANCELLED: "draft",
    ClaimState.REJECTED: "danger",
    ClaimState.WITHDRAWN: "draft",
}
#: Finance decides last, with the receipts before it, and pays.
AT_FINANCE = (ClaimState.PENDING, ClaimState.APPROVED, ClaimState.PAID, ClaimState.CANCELLED)


class NoVehicle(StrEnum):
    """Why a ride was paid for although the department has vehicles (S-126)."""

    TAKEN = "taken"
    DID_NOT_COME = "did_not_come"
    FASTER = "faster"
    OWN_CAR = "own_car"


class RideProblem(StrEnum):
    """What the decider is told of a ride."""

    NO_VISIT = "no_visit"
    NO_REASON = "no_reason"
    BOOKED = "booked"
    FREE = "free"


class LimitState(StrEnum):
    """A phone limit is asked for, decided, and replaced by the next one of the same month."""

    PENDING = "pending"
    RETURNED = "returned"
    APPROVED = "approved"
    REPLACED = "replaced"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


LIMIT_MOVES: Mapping[LimitState, frozenset[LimitState]] = {
    LimitState.PENDING: frozenset(
        {LimitState.APPROVED, LimitState.RETURNED, LimitState.REJECTED, LimitState.WITHDRAWN}
    ),
    LimitState.RETURNED: frozenset({LimitState.PENDING, LimitState.WITHDRAWN}),
    LimitState.APPROVED: frozenset({LimitState.REPLACED}),
}
LIMIT_TONES: Mapping[LimitState, str] = {
    LimitState.PENDING: "pending",
    LimitState.RETURNED: "warn",
    LimitState.APPROVED: "good",
    LimitState.REPLACED: "draft",
    LimitState.REJECTED: "danger",
    LimitState.WITHDRAWN: "draft",
}
