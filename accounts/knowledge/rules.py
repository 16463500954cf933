"""Until when a suggestion is answered, who keeps what they promised, what a standard says (S-248, S-266, S-274; docs/domain/care.md)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from accounts.knowledge.terms import (
    CATEGORIES,
    SUGGESTION_TRANSITIONS,
    SUPPORT_TRANSITIONS,
    ArticleKind,
    Better,
    Category,
    SuggestionState,
    SupportState,
)
from kam.calendar.rules import WorkCalendar

BEST_RATING = 5
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Promise:
    """Something due on a day, and the day it was kept, None where it was not yet."""

    due_on: date
    kept_on: date | None


def answer_due(received_on: date, days: int, calendar: WorkCalendar) -> date:
    """Return the last day to answer a suggestion, in working days after it came in."""
    return calendar.add(received_on, days)


def is_overdue(promise: Promise, today: date) -> bool:
    return promise.kept_on is None and today > promise.due_on


def kept_percent(promises: Iterable[Promise], today: date) -> Decimal | None:
    """Return the share kept in time of those that are kept or past due, in per cent with one decimal; None of none."""
    judged = [row for row in promises if row.kept_on is not None or today > row.due_on]
    if not judged:
        return None
    kept = sum(row.kept_on is not None and row.kept_on <= row.due_on for row in judged)
    return (_HUNDRED * kept / len(judged)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def settle_problem(state: SuggestionState, to: SuggestionState, text: str) -> str | None:
    """Return the code of what forbids the move of a suggestion, None where it is fine; an outcome says why."""
    if to not in SUGGESTION_TRANSITIONS.get(state, frozenset()):
        return "transition_refused"
    return "reason" if to is not SuggestionState.PASSED_ON and not text else None


def support_problem(state: SupportState, to: SupportState, text: str) -> str | None:
    """Return the code of what forbids the move of a request, None where it is fine; done says what, refused says why."""
    if to not in SUPPORT_TRANSITIONS.get(state, frozenset()):
        return "transition_refused"
    return "reason" if to is not SupportState.ACCEPTED and not text else None


def rating_problem(state: SupportState, rating: int) -> str | None:
    """Only what was done is rated, from 1 to 5."""
    if state is not SupportState.DONE:
        return "not_done"
    return None if 1 <= rating <= BEST_RATING else "rating"


def category_fits(kind: ArticleKind, category: Category) -> bool:
    return category in CATEGORIES[kind]


def meets(actual: Decimal | None, target: Decimal, better: Better) -> bool | None:
    """Say whether a standard is met; None where the actual figure is not known."""
    if actual is None:
        return None
    return actual >= target if better is Better.HIGHER else actual <= target
