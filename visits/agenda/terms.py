"""Words of the calendar. No Django here; the labels stand in labels.py."""

from enum import StrEnum


class Look(StrEnum):
    """How the calendar is looked at."""

    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    LIST = "list"


class EntryKind(StrEnum):
    """What stands on a day."""

    VISIT = "visit"
    CALL = "call"
    BRIEFING = "briefing"
    APPOINTMENT = "appointment"
    TRIP = "trip"
    STEP = "step"
    PROMISE = "promise"
    TASK = "task"
    FOLLOWUP = "followup"
    AWAY = "away"
    BIRTHDAY = "birthday"


class Method(StrEnum):
    """What a calendar file asks the reader's calendar to do (RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class PartOfDay(StrEnum):
    """Where something stands on a page with hours."""

    WHOLE = "whole"
    EARLY = "early"
    HOURS = "hours"
    LATE = "late"
