"""Reads of the planner: the board, what is due and not planned, a day."""

from visits.plans.selectors.ahead import first_days, next_visit_asked, next_visit_of
from visits.plans.selectors.board import (
    Board,
    board_of,
    live_plan,
    people_to_plan_for,
    submit_by,
)
from visits.plans.selectors.due import due_of_people
from visits.plans.selectors.proposals import core_proposals
from visits.plans.selectors.served import service_plan_proposals

__all__ = [
    "Board",
    "board_of",
    "core_proposals",
    "due_of_people",
    "first_days",
    "live_plan",
    "next_visit_asked",
    "next_visit_of",
    "people_to_plan_for",
    "service_plan_proposals",
    "submit_by",
]
