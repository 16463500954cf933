"""Reads of the preparation: one meeting, and the days of many people."""

from visits.preparation.selectors.day import (
    DayItem,
    DayPlan,
    day_plans,
    next_day_planned,
    visits_due,
    visits_planned,
)
from visits.preparation.selectors.meeting import (
    File,
    Group,
    Meeting,
    answered_groups,
    carried_questions,
    file_of,
    groups,
    known,
    meetings,
    suggested_questions,
)

__all__ = [
    "DayItem",
    "DayPlan",
    "File",
    "Group",
    "Meeting",
    "answered_groups",
    "carried_questions",
    "day_plans",
    "file_of",
    "groups",
    "known",
    "meetings",
    "next_day_planned",
    "suggested_questions",
    "visits_due",
    "visits_planned",
]
