"""Words of gifts. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from enum import StrEnum


class Occasion(StrEnum):
    """When a gift is given (S-133, S-184, S-188)."""

    FESTIVAL = "festival"
    BIRTHDAY = "birthday"
    VISIT = "visit"
    BRIEFING = "briefing"
    PHASE = "phase"
    THANKS = "thanks"
    OTHER = "other"


class GiftState(StrEnum):
    """A request is handed in as soon as it is written; goods leave the stock once it is approved."""

    PENDING = "pending"
    RETURNED = "returned"
    APPROVED = "approved"
    ISSUED = "issued"
    HANDED_OVER = "handed_over"
    ACKNOWLEDGED = "acknowledged"
    CANCELLED = "cancelled"
    TAKEN_BACK = "taken_back"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


GIFT_MOVES: Mapping[GiftState, frozenset[GiftState]] = {
    GiftState.PENDING: frozenset(
        {GiftState.APPROVED, GiftState.RETURNED, GiftState.REJECTED, GiftState.WITHDRAWN}
    ),
    GiftState.RETURNED: frozenset({GiftState.PENDING, GiftState.WITHDRAWN}),
    GiftState.APPROVED: frozenset({GiftState.ISSUED, GiftState.CANCELLED}),
    GiftState.ISSUED: frozenset({GiftState.HANDED_OVER, GiftState.CANCELLED}),
    GiftState.HANDED_OVER: frozenset({GiftState.ACKNOWLEDGED, GiftState.TAKEN_BACK}),
    GiftState.ACKNOWLEDGED: frozenset({GiftState.TAKEN_BACK}),
}
STATE_TONES: Mapping[GiftState, str] = {
    GiftState.PENDING: "pending",
    GiftState.RETURNED: "warn",
    GiftState.APPROVED: "good",
    GiftState.ISSUED: "good",
    GiftState.HANDED_OVER: "good",
    GiftState.ACKNOWLEDGED: "good",
    GiftState.CANCELLED: "draft",
    GiftState.TAKEN_BACK: "draft",
    GiftState.REJECTED: "danger",
    GiftState.WITHDRAWN: "draft",
}
#: From here on finance and the clerk have something to do with it.
DECIDED = (
    GiftState.APPROVED,
    GiftState.ISSUED,
    GiftState.HANDED_OVER,
    GiftState.ACKNOWLEDGED,
    GiftState.CANCELLED,
    GiftState.TAKEN_BACK,
)


class StockKind(StrEnum):
    """What moves the stock; a count brings it to what is really there."""

    RECEIPT = "receipt"
    ISSUE = "issue"
    RETURN = "return"
    COUNT = "count"
