"""Words of supplies. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from enum import StrEnum


class AccountState(StrEnum):
    """An account is asked for, decided, open, and closed when nothing is held on it any more."""

    PENDING = "pending"
    RETURNED = "returned"
    OPEN = "open"
    CLOSED = "closed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


ACCOUNT_MOVES: Mapping[AccountState, frozenset[AccountState]] = {
    AccountState.PENDING: frozenset(
        {AccountState.OPEN, AccountState.RETURNED, AccountState.REJECTED, AccountState.WITHDRAWN}
    ),
    AccountState.RETURNED: frozenset({AccountState.PENDING, AccountState.WITHDRAWN}),
    AccountState.OPEN: frozenset({AccountState.CLOSED}),
}
STATE_TONES: Mapping[AccountState, str] = {
    AccountState.PENDING: "pending",
    AccountState.RETURNED: "warn",
    AccountState.OPEN: "good",
    AccountState.CLOSED: "draft",
    AccountState.REJECTED: "danger",
    AccountState.WITHDRAWN: "draft",
}
#: A person or a team has one of these at most.
LIVE = (AccountState.PENDING, AccountState.RETURNED, AccountState.OPEN)


class EntryKind(StrEnum):
    """What happens on an account: the first two add, the others take away."""

    DRAWN = "drawn"
    TAKEN_OVER = "taken_over"
    RETURNED = "returned"
    USED = "used"
    PASSED_ON = "passed_on"


ADDS = frozenset({EntryKind.DRAWN, EntryKind.TAKEN_OVER})
