"""Words of merging. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    """What is merged."""

    UNIT = "unit"
    PERSON = "person"


class How(StrEnum):
    """What becomes of the rows that refer to the merged one."""

    MOVE = "move"
    """Each goes to the survivor; one that the database refuses to have twice stays with the merged file, and is told."""
    TOGETHER = "together"
    """All go where the survivor has none of its own, else all stay: revisions of one document are not shuffled."""
    STAY = "stay"
    """The file's own life: who owned it, its status, its phases. Read in the merged file."""
    STRICT = "strict"
    """Money: all go, or nothing is merged at all."""


class Weight(StrEnum):
    """How much a finding weighs: it forbids the merge, or asks for an explicit yes."""

    REFUSES = "refuses"
    ASKS = "asks"


class MergeState(StrEnum):
    """Where a merge stands: the engine's words, then carried out or taken back."""

    PENDING = "pending"
    RETURNED = "returned"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    UNDONE = "undone"


OPEN_STATES = frozenset({MergeState.PENDING, MergeState.RETURNED})
#: A file is being merged, or is merged, once at a time.
HOLDING_STATES = OPEN_STATES | {MergeState.MERGED}
MERGE_MOVES: Mapping[MergeState, frozenset[MergeState]] = {
    MergeState.PENDING: frozenset(
        {MergeState.MERGED, MergeState.RETURNED, MergeState.REJECTED, MergeState.WITHDRAWN}
    ),
    MergeState.RETURNED: frozenset({MergeState.PENDING, MergeState.WITHDRAWN}),
    MergeState.MERGED: frozenset({MergeState.UNDONE}),
}


class LinkState(StrEnum):
    """What became of one row of the journal."""

    MOVED = "moved"
    STAYED = "stayed"
    RETURNED = "returned"
    GONE = "gone"
    CHANGED = "changed"


#: Values of the survivor that are chosen one by one. Owner, status, tier and phase have acts of their own and stay the survivor's.
UNIT_FIELDS = (
    *("name", "short_name", "english_name", "credit_code", "parent", "channel", "industry", "area"),
    *("expansion_round", "address", "phone", "website", "internal_website", "source", "unit_class"),
    *("current_status", "next_step", "next_step_due_on"),
)
PERSON_FIELDS = (
    *(
        "name",
        "post",
        "department",
        "reports_to",
        "mobile",
        "phone",
        "wechat",
        "email",
        "birthday",
        "hobbies",
    ),
    *("background", "home", "family", "level", "function", "official", "consent_source", "consent_on"),
    *("knows_unit", "has_appeal", "has_decision_power", "knows_places", "knows_times"),
    *("insider_learn", "insider_cultivate", "insider_tasks", "insider_density", "style", "attitude"),
    *("influence", "response_mode", "rating", "personal_win", "insider", "awareness", "acceptance"),
)
FIELDS: Mapping[Kind, tuple[str, ...]] = {Kind.UNIT: UNIT_FIELDS, Kind.PERSON: PERSON_FIELDS}
#: Before the name of an observed field, among the chosen sides of a merge.
DATED = "seen_"
