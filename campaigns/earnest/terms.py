"""Words of earnest money and of choosing. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from enum import StrEnum


class BuyerKind(StrEnum):
    """Group buyers choose before ordinary ones (优先选房)."""

    GROUP = "group"
    ORDINARY = "ordinary"


class EarnestState(StrEnum):
    """Noted by us, received by finance – then it has a serial –, perhaps refunded; dropped is what was never paid."""

    NOTED = "noted"
    RECEIVED = "received"
    REFUND_ASKED = "refund_asked"
    REFUNDED = "refunded"
    DROPPED = "dropped"


EARNEST_TRANSITIONS: Mapping[EarnestState, frozenset[EarnestState]] = {
    EarnestState.NOTED: frozenset({EarnestState.RECEIVED, EarnestState.DROPPED}),
    EarnestState.RECEIVED: frozenset({EarnestState.REFUND_ASKED}),
    EarnestState.REFUND_ASKED: frozenset({EarnestState.RECEIVED, EarnestState.REFUNDED}),
}

#: The word always stands beside the colour.
EARNEST_TONES: Mapping[EarnestState, str] = {
    EarnestState.NOTED: "pending",
    EarnestState.RECEIVED: "good",
    EarnestState.REFUND_ASKED: "warn",
    EarnestState.REFUNDED: "danger",
    EarnestState.DROPPED: "draft",
}


class CallOutcome(StrEnum):
    """A number is called; its buyer chooses or does not come. A choice is given back when the money is refunded."""

    CALLED = "called"
    CHOSEN = "chosen"
    PASSED = "passed"
    GIVEN_BACK = "given_back"


CALL_TRANSITIONS: Mapping[CallOutcome, frozenset[CallOutcome]] = {
    CallOutcome.CALLED: frozenset({CallOutcome.CHOSEN, CallOutcome.PASSED}),
    CallOutcome.CHOSEN: frozenset({CallOutcome.GIVEN_BACK}),
}

CALL_TONES: Mapping[CallOutcome, str] = {
    CallOutcome.CALLED: "pending",
    CallOutcome.CHOSEN: "good",
    CallOutcome.PASSED: "draft",
    CallOutcome.GIVEN_BACK: "danger",
}
