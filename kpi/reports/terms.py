"""Words of reports. No Django here; the labels stand in labels.py."""

from enum import StrEnum


class Span(StrEnum):
    """A period by its name: a saved report means the same next month."""

    ALL = "all"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    THIS_QUARTER = "this_quarter"
    THIS_YEAR = "this_year"
    LAST_WEEK = "last_week"
    DAYS_30 = "days_30"
    MONTHS_12 = "months_12"
    CHOSEN = "chosen"


class Order(StrEnum):
    LABEL = "label"
    TOTAL = "total"


class Sharing(StrEnum):
    """Who finds a saved report among theirs; what it shows is always the reader's own."""

    NOBODY = "nobody"
    TEAM = "team"
    EVERYBODY = "everybody"


class Rhythm(StrEnum):
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class Delivered(StrEnum):
    SENT = "sent"
    NO_RIGHT = "no_right"
    NO_ADDRESS = "no_address"
    REFUSED = "refused"
