"""Words of gift plans and recurring gifts. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from enum import StrEnum


class Festival(StrEnum):
    """Days on which gifts are given every year (S-184)."""

    NEW_YEAR = "new_year"
    SPRING = "spring"
    DRAGON_BOAT = "dragon_boat"
    MID_AUTUMN = "mid_autumn"
    NATIONAL_DAY = "national_day"


class Rhythm(StrEnum):
    """When a recurring gift comes round (S-188)."""

    FESTIVAL = "festival"
    BIRTHDAY = "birthday"
    MONTHS = "months"


class PlanState(StrEnum):
    """A plan is written, decided, and then asked for line by line."""

    DRAFT = "draft"
    PENDING = "pending"
    RETURNED = "returned"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


PLAN_MOVES: Mapping[PlanState, frozenset[PlanState]] = {
    PlanState.DRAFT: frozenset({PlanState.PENDING, PlanState.WITHDRAWN}),
    PlanState.PENDING: frozenset(
        {PlanState.APPROVED, PlanState.RETURNED, PlanState.REJECTED, PlanState.WITHDRAWN}
    ),
    PlanState.RETURNED: frozenset({PlanState.PENDING, PlanState.WITHDRAWN}),
}
#: The lines may still be written.
OPEN_STATES = (PlanState.DRAFT, PlanState.RETURNED)
STATE_TONES: Mapping[PlanState, str] = {
    PlanState.DRAFT: "draft",
    PlanState.PENDING: "pending",
    PlanState.RETURNED: "warn",
    PlanState.APPROVED: "good",
    PlanState.REJECTED: "danger",
    PlanState.WITHDRAWN: "draft",
}


class LineState(StrEnum):
    """Where a line of a plan stands; told by its plan, its request and the day, never typed."""

    PLANNED = "planned"
    DUE = "due"
    MISSED = "missed"
    ASKED = "asked"
    GIVEN = "given"
    DROPPED = "dropped"


LINE_TONES: Mapping[LineState, str] = {
    LineState.PLANNED: "draft",
    LineState.DUE: "warn",
    LineState.MISSED: "danger",
    LineState.ASKED: "pending",
    LineState.GIVEN: "good",
    LineState.DROPPED: "draft",
}


class Source(StrEnum):
    """What fills a plan at one stroke."""

    SCHEDULES = "schedules"
    BIRTHDAYS = "birthdays"
    FESTIVALS = "festivals"
