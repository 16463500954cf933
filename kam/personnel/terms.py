"""Words of personnel proposals. No Django here."""

from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    """What the department's head proposes to the general manager or HR (S-137, S-149)."""

    SANCTION = "sanction"
    HIRE = "hire"
    DISMISS = "dismiss"


class Fault(StrEnum):
    """Whether something was done or left undone."""

    ACT = "act"
    NEGLIGENCE = "negligence"


class ProposalState(StrEnum):
    """Where a proposal stands; the words are the engine's (12-decisions 10)."""

    DRAFT = "draft"
    PENDING = "pending"
    RETURNED = "returned"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


OPEN_STATES = frozenset({ProposalState.DRAFT, ProposalState.RETURNED})
#: From then on the person it is about reads it, and nothing of it changes any more but their one comment.
DECIDED_STATES = frozenset({ProposalState.APPROVED, ProposalState.REJECTED})

PROPOSAL_MOVES: Mapping[ProposalState, frozenset[ProposalState]] = {
    ProposalState.DRAFT: frozenset({ProposalState.PENDING, ProposalState.WITHDRAWN}),
    ProposalState.RETURNED: frozenset({ProposalState.PENDING, ProposalState.WITHDRAWN}),
    ProposalState.PENDING: frozenset(
        {
            ProposalState.APPROVED,
            ProposalState.RETURNED,
            ProposalState.REJECTED,
            ProposalState.WITHDRAWN,
        }
    ),
}
