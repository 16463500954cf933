"""Words and state tables of week plans. No Django here."""

from collections.abc import Mapping
from enum import StrEnum


class PlanState(StrEnum):
    """Where a week's plan stands; the engine's words (12-decisions 10, 11)."""

    DRAFT = "draft"
    PENDING = "pending"
    RETURNED = "returned"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


#: The owner may still change everything.
OPEN_STATES = frozenset({PlanState.DRAFT, PlanState.RETURNED})
#: Final: a new revision starts from a copy.
FINAL_STATES = frozenset({PlanState.REJECTED, PlanState.WITHDRAWN})

PLAN_MOVES: Mapping[PlanState, frozenset[PlanState]] = {
    PlanState.DRAFT: frozenset({PlanState.PENDING}),
    PlanState.RETURNED: frozenset({PlanState.PENDING, PlanState.WITHDRAWN}),
    PlanState.PENDING: frozenset(
        {PlanState.APPROVED, PlanState.RETURNED, PlanState.REJECTED, PlanState.WITHDRAWN}
    ),
    PlanState.APPROVED: frozenset({PlanState.RETURNED}),
}


class LineState(StrEnum):
    """What became of a plan line."""

    PLANNED = "planned"
    MOVED = "moved"  # to another week; the line there carries on
    CANCELLED = "cancelled"
    DONE = "done"


LINE_MOVES: Mapping[LineState, frozenset[LineState]] = {
    LineState.PLANNED: frozenset({LineState.MOVED, LineState.CANCELLED, LineState.DONE}),
    LineState.CANCELLED: frozenset({LineState.PLANNED}),  # taken back at once, while nobody approved it
}


class HalfDay(StrEnum):
    MORNING = "morning"
    AFTERNOON = "afternoon"


class VisitMode(StrEnum):
    """How we meet (S-175). A round of calls has no unit of its own."""

    VISIT = "visit"
    PHONE = "phone"
    WRITTEN = "written"
    TRAINING = "training"
    BRIEFING = "briefing"
    CALLS = "calls"
