"""Words of what is written about a period. No Django here."""

from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    """The monthly market report (S-224), the summary of a period (S-238), the plan of a year (S-237), the strategy of a year (S-254)."""

    MARKET = "market"
    SUMMARY = "summary"
    PLAN = "plan"
    STRATEGY = "strategy"


class WritingState(StrEnum):
    """A draft is its author's; what is handed in stays as it is, and somebody above reads it."""

    DRAFT = "draft"
    HANDED_IN = "handed_in"
    READ = "read"


WRITING_TRANSITIONS: Mapping[WritingState, frozenset[WritingState]] = {
    WritingState.DRAFT: frozenset({WritingState.HANDED_IN}),
    WritingState.HANDED_IN: frozenset({WritingState.READ}),
}
WRITING_TONES: Mapping[WritingState, str] = {
    WritingState.DRAFT: "draft",
    WritingState.HANDED_IN: "pending",
    WritingState.READ: "good",
}

#: The parts of each kind, in the source's order; all of them are required.
SECTIONS: Mapping[Kind, tuple[str, ...]] = {
    Kind.MARKET: ("month", "forecast", "problems", "solutions"),
    Kind.SUMMARY: ("done", "cases", "lessons", "problems", "next"),
    Kind.PLAN: ("goals", "steps", "shortcomings", "learning", "rewards"),
    Kind.STRATEGY: (
        "positioning",
        "external",
        "internal",
        "targets",
        "market_team",
        "sales",
        "control",
        "relationship",
        "who",
        "wants",
        "managed",
        "long_run",
        "benefits",
    ),
}
