"""Words of the day. No Django here."""

from enum import StrEnum


class Slot(StrEnum):
    """What is sent: the plan at 8:00 and the follow-up at 17:00 of the person's own clock."""

    PLAN = "plan"
    FOLLOWUP = "followup"


class Exit(StrEnum):
    """Where a section may appear: on the Today page, in the 8:00 digest, in the 17:00 digest."""

    TODAY = "today"
    PLAN = "plan"
    FOLLOWUP = "followup"


class Place(StrEnum):
    """Where on the Today page: across the top, the wide column, the side."""

    BANNER = "banner"
    MAIN = "main"
    SIDE = "side"


class DigestState(StrEnum):
    """A digest was made, or its day went by without it."""

    MADE = "made"
    MISSED = "missed"


class Skipped(StrEnum):
    """Why a command made no digest at all."""

    HOLIDAY = "holiday"
    WEEKEND = "weekend"
    NOT_DUE = "not_due"
