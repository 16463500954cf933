"""Words of outlets. No Django here; the labels stand in labels.py."""

from enum import StrEnum


class OutletKind(StrEnum):
    """What stands there: a shop that sells for us, a counter of ours inside one, a regional point of sales and service (S-249, S-276)."""

    STORE = "store"
    COUNTER = "counter"
    SERVICE = "service"


class Problem(StrEnum):
    """Why a day or a month is refused."""

    FUTURE = "future"
    BEFORE_OPENING = "before_opening"
    AFTER_CLOSING = "after_closing"
    NOT_A_MONTH = "not_a_month"
