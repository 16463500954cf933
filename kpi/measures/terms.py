"""Words of measures. No Django here; the labels stand in labels.py."""

from enum import StrEnum


class Over(StrEnum):
    """How a measure is put together over a longer period (12-decisions, 22)."""

    FLOW = "flow"  # months are added up
    OPENING = "opening"  # what there was at the first instant
    CLOSING = "closing"  # what there is at the last


class Unit(StrEnum):
    """What is counted; a rate divides only like by like."""

    MONEY = "money"
    COUNT = "count"
    DAYS = "days"


class Group(StrEnum):
    """Where a measure stands in the catalogue."""

    SALES = "sales"
    UNITS = "units"
    WORK = "work"
    CARE = "care"
    MONEY = "money"


class Kind(StrEnum):
    """Whose figure it is."""

    PERSON = "person"
    TEAM = "team"
    DEPARTMENT = "department"
