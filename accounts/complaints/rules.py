"""Until when a complaint is dealt with, which steps it may take, and which ones count (S-243, S-244; docs/domain/care.md)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.complaints.terms import (
    COMPLAINT_TRANSITIONS,
    WAITING,
    ComplaintState,
    Severity,
    Verdict,
)
from kam.calendar.rules import WorkCalendar

_TO_BE_SAID = frozenset({ComplaintState.AGREED, ComplaintState.RESOLVED})
_BACK = frozenset({ComplaintState.AGREED, ComplaintState.RESOLVED})


@dataclass(frozen=True, slots=True)
class Limits:
    """Working days until a complaint is resolved; rows of the settings."""

    severe: int = 1
    other: int = 5

    def of(self, severity: Severity) -> int:
        return self.severe if severity is Severity.SEVERE else self.other


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a complaint stands: what the rules ask before it moves."""

    state: ComplaintState
    verdict: Verdict


def due_day(received_on: date, severity: Severity, limits: Limits, calendar: WorkCalendar) -> date:
    """Return the last day for the solution, counted in working days after the day it came in."""
    return calendar.add(received_on, limits.of(severity))


def move_problem(standing: Standing, to: ComplaintState, text: str) -> str | None:
    """Return the code of what forbids the move, None where it is fine.

    A complaint judged invalid is closed from the investigation; a valid one only after it was resolved; none without a verdict.
    Agreeing and resolving say what, going back says why.
    """
    if to not in COMPLAINT_TRANSITIONS.get(standing.state, frozenset()):
        return "transition_refused"
    if to is ComplaintState.CLOSED:
        return _closing_problem(standing)
    if to in _TO_BE_SAID and not text:
        return "solution" if to is ComplaintState.AGREED else "resolution"
    if is_step_back(standing.state, to) and not text:
        return "reason"
    return None


def _closing_problem(standing: Standing) -> str | None:
    if standing.verdict is Verdict.UNDECIDED:
        return "verdict"
    if standing.verdict is Verdict.VALID and standing.state is not ComplaintState.RESOLVED:
        return "not_resolved"
    return None


def is_step_back(state: ComplaintState, to: ComplaintState) -> bool:
    """Say whether the customer's no leads back to the investigation."""
    return state in _BACK and to is ComplaintState.INVESTIGATING


def is_waiting(standing: Standing) -> bool:
    """Say whether the customer waits for us: not resolved yet, and not judged invalid."""
    return standing.state in WAITING and standing.verdict is not Verdict.INVALID


def is_overdue(standing: Standing, due_on: date, today: date) -> bool:
    return is_waiting(standing) and today > due_on


def fact_key(complaint_id: int, reopened: int) -> str:
    """Return what a red flag stands for: the complaint, anew each time the customer refused what we called solved."""
    return f"{complaint_id}:{reopened}"


def may_judge(judge_id: int, owner_id: int) -> bool:
    """Nobody says of a complaint they handle themselves whether it counts."""
    return judge_id != owner_id


def count_valid(verdicts: Iterable[Verdict]) -> int:
    """Return the number for the assessment: valid ones only."""
    return sum(verdict is Verdict.VALID for verdict in verdicts)


def step_due(opened_at: datetime, hours: int) -> datetime:
    """Return until when a step of a crisis is done: clock hours, a crisis knows no weekend."""
    return opened_at + timedelta(hours=hours)


def report_problem(first: date, last: date, today: date) -> str | None:
    """Return the code of what is wrong with the period of a cooperation report, None where it can be written."""
    if last < first:
        return "order"
    return "future" if last > today else None
