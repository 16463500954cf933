"""Words of equipment on loan. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from enum import StrEnum


class LoanState(StrEnum):
    """Asked for with its purpose, endorsed, handed out, given back (S-228)."""

    PENDING = "pending"
    SENT_BACK = "sent_back"
    APPROVED = "approved"
    OUT = "out"
    BACK = "back"
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


LOAN_MOVES: Mapping[LoanState, frozenset[LoanState]] = {
    LoanState.PENDING: frozenset(
        {LoanState.APPROVED, LoanState.SENT_BACK, LoanState.REJECTED, LoanState.WITHDRAWN}
    ),
    LoanState.SENT_BACK: frozenset({LoanState.PENDING, LoanState.WITHDRAWN}),
    LoanState.APPROVED: frozenset({LoanState.OUT, LoanState.CANCELLED}),
    LoanState.OUT: frozenset({LoanState.BACK}),
}
#: The thing is taken in its days.
HELD = (LoanState.PENDING, LoanState.APPROVED, LoanState.OUT)
STATE_TONES: Mapping[LoanState, str] = {
    LoanState.PENDING: "pending",
    LoanState.SENT_BACK: "warn",
    LoanState.APPROVED: "good",
    LoanState.OUT: "good",
    LoanState.BACK: "draft",
    LoanState.CANCELLED: "draft",
    LoanState.REJECTED: "danger",
    LoanState.WITHDRAWN: "draft",
}
