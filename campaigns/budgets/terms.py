"""Words of budgets. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from enum import StrEnum


class BudgetState(StrEnum):
    """A budget is drafted, handed in, and holds money once it is approved."""

    DRAFT = "draft"
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


#: Rejected and withdrawn budgets are final: their lines are copied to a new draft.
BUDGET_MOVES: Mapping[BudgetState, frozenset[BudgetState]] = {
    BudgetState.DRAFT: frozenset({BudgetState.PENDING, BudgetState.WITHDRAWN}),
    BudgetState.PENDING: frozenset(
        {BudgetState.APPROVED, BudgetState.DRAFT, BudgetState.REJECTED, BudgetState.WITHDRAWN}
    ),
}

#: The word always stands beside the colour.
STATE_TONES: Mapping[BudgetState, str] = {
    BudgetState.DRAFT: "draft",
    BudgetState.PENDING: "pending",
    BudgetState.APPROVED: "good",
    BudgetState.REJECTED: "danger",
    BudgetState.WITHDRAWN: "draft",
}


class ChangeKind(StrEnum):
    """What a report is about: more money on a line, money of another line (专款专用), or a bill above what was approved."""

    SUPPLEMENT = "supplement"
    TRANSFER = "transfer"
    OVERRUN = "overrun"


class ChangeState(StrEnum):
    """A report waits, goes back to its writer, and is decided once."""

    PENDING = "pending"
    RETURNED = "returned"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


CHANGE_MOVES: Mapping[ChangeState, frozenset[ChangeState]] = {
    ChangeState.PENDING: frozenset(
        {ChangeState.APPROVED, ChangeState.RETURNED, ChangeState.REJECTED, ChangeState.WITHDRAWN}
    ),
    ChangeState.RETURNED: frozenset({ChangeState.PENDING, ChangeState.WITHDRAWN}),
}

CHANGE_TONES: Mapping[ChangeState, str] = {
    ChangeState.PENDING: "pending",
    ChangeState.RETURNED: "warn",
    ChangeState.APPROVED: "good",
    ChangeState.REJECTED: "danger",
    ChangeState.WITHDRAWN: "draft",
}


class MovementKind(StrEnum):
    """What an entry of the ledger does (12-decisions, 21)."""

    BUDGET = "budget"
    SUPPLEMENT = "supplement"
    TRANSFER = "transfer"
    RESERVE = "reserve"
    RELEASE = "release"
    SPEND = "spend"
    REVERSE = "reverse"


MOVEMENT_TONES: Mapping[MovementKind, str] = {
    MovementKind.BUDGET: "good",
    MovementKind.SUPPLEMENT: "good",
    MovementKind.TRANSFER: "good",
    MovementKind.RESERVE: "pending",
    MovementKind.RELEASE: "good",
    MovementKind.SPEND: "draft",
    MovementKind.REVERSE: "warn",
}

#: How deep the tree goes: 2.2.1 is the third level.
MAX_LEVEL = 4
#: A budget of more lines is split.
MAX_LINES = 60
