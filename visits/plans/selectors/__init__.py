"""Reads of the planner: the board, what is due and not planned, a day."""

from visits.plans.selectors.ahead import first_days, next_visits
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
    "next_visits",
    "people_to_plan_for",
    "service_plan_proposals",
    "submit_by",
]
