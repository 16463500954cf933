"""Words of the pool and of transfers. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from enum import StrEnum

WARNING, CLAIMS, HELD = "pool_warning_days", "pool_claims_a_month", "pool_units_held"
#: Tier → the setting that says after how many days without contact its units fall into the pool.
LIMITS: Mapping[str, str] = {tier: f"pool_days_{tier.lower()}" for tier in "ABCD"}


class PoolAct(StrEnum):
    """What happened to a unit on its way into the pool and out of it."""

    WARNED = "warned"
    FELL = "fell"
    RELEASED = "released"
    CLAIMED = "claimed"
    GIVEN = "given"


class TransferState(StrEnum):
    """Where a transfer stands: the engine's words (12-decisions 10)."""

    PENDING = "pending"
    RETURNED = "returned"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


#: A unit has one transfer at a time that is not decided.
OPEN_STATES = frozenset({TransferState.PENDING, TransferState.RETURNED})
TRANSFER_MOVES: Mapping[TransferState, frozenset[TransferState]] = {
    TransferState.PENDING: frozenset(
        {TransferState.APPROVED, TransferState.RETURNED, TransferState.REJECTED, TransferState.WITHDRAWN}
    ),
    TransferState.RETURNED: frozenset({TransferState.PENDING, TransferState.WITHDRAWN}),
}
