"""What kind of day a day is. No Django here."""

from enum import StrEnum


class DayKind(StrEnum):
    """Why a day is worked or not."""

    WORKDAY = "workday"
    MAKE_UP = "make_up"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    DEPARTMENT_ON = "department_on"
    DEPARTMENT_OFF = "department_off"


WORKING = frozenset({DayKind.WORKDAY, DayKind.MAKE_UP, DayKind.DEPARTMENT_ON})

#: Names of its acts in the audit.
DAY_SET, DAY_CLEARED = "workdays.day.set", "workdays.day.cleared"
