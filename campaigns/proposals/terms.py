"""Words of proposals. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from enum import StrEnum


class ProposalState(StrEnum):
    """A proposal is worked on, accepted or declined; a declined one comes back with its next version."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


PROPOSAL_MOVES: Mapping[ProposalState, frozenset[ProposalState]] = {
    ProposalState.OPEN: frozenset({ProposalState.ACCEPTED, ProposalState.DECLINED}),
    ProposalState.DECLINED: frozenset({ProposalState.OPEN}),
}

#: The word always stands beside the colour.
STATE_TONES: Mapping[ProposalState, str] = {
    ProposalState.OPEN: "pending",
    ProposalState.ACCEPTED: "good",
    ProposalState.DECLINED: "danger",
}
