"""Reads of the preparation: one meeting, and the days of many people."""

from visits.preparation.selectors.day import (
    APPOINTMENTS,
    LINES,
    PLANNED,
    PLANNED_VISITS,
    DayItem,
    DayPlan,
    day_plans,
    day_seen,
    own_days,
    visits_due,
)
from visits.preparation.selectors.meeting import (
    File,
    Group,
    Meeting,
    carried_questions,
    file_of,
    groups,
    groups_answered,
    known,
    meetings,
    suggested_questions,
)

__all__ = [
    "APPOINTMENTS",
    "LINES",
    "PLANNED",
    "PLANNED_VISITS",
    "DayItem",
    "DayPlan",
    "File",
    "Group",
    "Meeting",
    "carried_questions",
    "day_plans",
    "day_seen",
    "file_of",
    "groups",
    "groups_answered",
    "known",
    "meetings",
    "own_days",
    "suggested_questions",
    "visits_due",
]
