"""Words of the plan of a unit. No Django here."""

from enum import StrEnum


class Span(StrEnum):
    """How far the plan reaches."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Source(StrEnum):
    """Where a line of the plan comes from."""

    GOAL = "goal"
    ACTION = "action"
    NEXT_STEP = "next_step"
    SERVICE = "service"
    VISIT = "visit"
