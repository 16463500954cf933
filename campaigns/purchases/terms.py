"""Words of purchases. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from enum import StrEnum


class PurchaseState(StrEnum):
    """A purchase collects offers, is handed in, decided, bought, received and paid once."""

    DRAFT = "draft"
    PENDING = "pending"
    APPROVED = "approved"
    RECEIVED = "received"
    PAID = "paid"
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


PURCHASE_MOVES: Mapping[PurchaseState, frozenset[PurchaseState]] = {
    PurchaseState.DRAFT: frozenset({PurchaseState.PENDING, PurchaseState.WITHDRAWN}),
    PurchaseState.PENDING: frozenset(
        {PurchaseState.APPROVED, PurchaseState.DRAFT, PurchaseState.REJECTED, PurchaseState.WITHDRAWN}
    ),
    PurchaseState.APPROVED: frozenset({PurchaseState.RECEIVED, PurchaseState.CANCELLED}),
    PurchaseState.RECEIVED: frozenset({PurchaseState.PAID}),
}
STATE_TONES: Mapping[PurchaseState, str] = {
    PurchaseState.DRAFT: "draft",
    PurchaseState.PENDING: "pending",
    PurchaseState.APPROVED: "good",
    PurchaseState.RECEIVED: "good",
    PurchaseState.PAID: "good",
    PurchaseState.CANCELLED: "draft",
    PurchaseState.REJECTED: "danger",
    PurchaseState.WITHDRAWN: "draft",
}
#: Finance and the buyer have something to do with these.
DECIDED = (PurchaseState.APPROVED, PurchaseState.RECEIVED, PurchaseState.PAID, PurchaseState.CANCELLED)


class Lack(StrEnum):
    """What a purchase lacks before it may be handed in."""

    PLAN = "plan"
    CHOICE = "choice"
    OFFERS = "offers"
    REASON = "reason"
