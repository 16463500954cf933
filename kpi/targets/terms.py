"""Words of targets. No Django here."""

from collections.abc import Mapping
from enum import StrEnum


class ChangeState(StrEnum):
    """Where a change of a target stands; until it is approved the original counts (S-216)."""

    PENDING = "pending"
    APPROVED = "approved"
    RETURNED = "returned"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


CHANGE_TRANSITIONS: Mapping[ChangeState, frozenset[ChangeState]] = {
    ChangeState.PENDING: frozenset(
        {ChangeState.APPROVED, ChangeState.RETURNED, ChangeState.REJECTED, ChangeState.WITHDRAWN}
    ),
    ChangeState.RETURNED: frozenset({ChangeState.PENDING, ChangeState.WITHDRAWN}),
}

#: Measures for which a target may be set, in the order of the form.
TARGETED = (
    "sales.actual",
    "units.developed",
    "units.stable",
    "contracts.settled",
    "visits.return",
    "visits.held",
)
