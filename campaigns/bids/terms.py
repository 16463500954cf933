"""Words of bids. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from enum import StrEnum


class BidState(StrEnum):
    """Documents are prepared, ready, delivered; then it is won, lost, or we withdrew."""

    PREPARING = "preparing"
    READY = "ready"
    DELIVERED = "delivered"
    WON = "won"
    LOST = "lost"
    WITHDRAWN = "withdrawn"


class Duty(StrEnum):
    """What a bid asks of its responsible person now."""

    DOCUMENTS = "documents"
    DELIVER = "deliver"
    RESULT = "result"


BID_MOVES: Mapping[BidState, frozenset[BidState]] = {
    BidState.PREPARING: frozenset({BidState.READY, BidState.WITHDRAWN}),
    BidState.READY: frozenset({BidState.DELIVERED, BidState.WITHDRAWN}),
    BidState.DELIVERED: frozenset({BidState.WON, BidState.LOST, BidState.WITHDRAWN}),
}
#: Bids that ask something of us still.
OPEN_STATES = frozenset({BidState.PREPARING, BidState.READY, BidState.DELIVERED})

#: The word always stands beside the colour.
STATE_TONES: Mapping[BidState, str] = {
    BidState.PREPARING: "pending",
    BidState.READY: "good",
    BidState.DELIVERED: "pending",
    BidState.WON: "good",
    BidState.LOST: "danger",
    BidState.WITHDRAWN: "draft",
}
