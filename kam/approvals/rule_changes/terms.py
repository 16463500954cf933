"""Words of rule changes. No Django here."""

from enum import StrEnum


class ChangeState(StrEnum):
    """A change of rules is drafted, decided by others, and only then in force (12-decisions, 6)."""

    DRAFT = "draft"
    PENDING = "pending"
    RETURNED = "returned"
    IN_FORCE = "in_force"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


CHANGE_TRANSITIONS: dict[ChangeState, frozenset[ChangeState]] = {
    ChangeState.DRAFT: frozenset({ChangeState.PENDING, ChangeState.WITHDRAWN}),
    ChangeState.PENDING: frozenset(
        {ChangeState.IN_FORCE, ChangeState.RETURNED, ChangeState.REJECTED, ChangeState.WITHDRAWN}
    ),
    ChangeState.RETURNED: frozenset({ChangeState.PENDING, ChangeState.WITHDRAWN}),
}
#: The drafter may still edit.
EDITABLE = frozenset({ChangeState.DRAFT, ChangeState.RETURNED})
