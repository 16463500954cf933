"""Words of deals. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from enum import StrEnum


class DealState(StrEnum):
    """A deal is agreed, signed, and perhaps cancelled; settled is what is paid in full, closed what a first payment was made on."""

    AGREED = "agreed"
    SIGNED = "signed"
    CANCELLED = "cancelled"


DEAL_TRANSITIONS: Mapping[DealState, frozenset[DealState]] = {
    DealState.AGREED: frozenset({DealState.SIGNED, DealState.CANCELLED}),
    DealState.SIGNED: frozenset({DealState.CANCELLED}),
}

#: The word always stands beside the colour.
DEAL_TONES: Mapping[DealState, str] = {
    DealState.AGREED: "pending",
    DealState.SIGNED: "good",
    DealState.CANCELLED: "danger",
}


class CrossingKind(StrEnum):
    """The unit's count came over the number, or fell below it by a cancellation."""

    REACHED = "reached"
    LOST = "lost"


class LossDecision(StrEnum):
    """What the director does when the number is lost; until then nothing is taken back (12-decisions, 15)."""

    OPEN = "open"
    KEPT = "kept"
    ASKED = "asked"
    CHARGED_BACK = "charged_back"


class AdjustmentKind(StrEnum):
    CREDIT = "credit"
    CHARGE_BACK = "charge_back"
