"""Words about needs. No Django here."""

from collections.abc import Mapping
from enum import StrEnum


class NeedKind(StrEnum):
    """Said plainly, or heard in a complaint or a doubt (S-021)."""

    EXPLICIT = "explicit"
    IMPLICIT = "implicit"


class NeedState(StrEnum):
    RECORDED = "recorded"
    CLARIFIED = "clarified"
    PROPOSED = "proposed"
    EXPLICIT = "explicit"
    SATISFIED = "satisfied"
    DROPPED = "dropped"


NEED_TRANSITIONS: Mapping[NeedState, frozenset[NeedState]] = {
    NeedState.RECORDED: frozenset({NeedState.CLARIFIED, NeedState.DROPPED}),
    NeedState.CLARIFIED: frozenset({NeedState.PROPOSED, NeedState.DROPPED}),
    NeedState.PROPOSED: frozenset({NeedState.EXPLICIT, NeedState.CLARIFIED, NeedState.DROPPED}),
    NeedState.EXPLICIT: frozenset({NeedState.SATISFIED, NeedState.DROPPED}),
}
