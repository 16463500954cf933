"""When a bid's documents are due, and what it asks of us now (S-080, T-45). See docs/domain/offers.md."""

from dataclasses import dataclass
from datetime import date, timedelta

from campaigns.bids.terms import BidState, Duty

#: So many days ahead a duty is told.
DAYS_AHEAD = 3
Problem = tuple[str, str]  # field, code


@dataclass(frozen=True, slots=True)
class Standing:
    """A bid as its duties see it."""

    state: BidState
    documents_due_on: date
    opens_on: date
    ready_on: date | None = None


def documents_due(opens_on: date, days: int) -> date:
    """Return the day by which the commercial documents are ready."""
    return opens_on - timedelta(days=days)


def duty_on(bid: Standing, today: date) -> tuple[Duty, date] | None:
    """Return what is to be done and until when, None where nothing is due in the next days."""
    duties = {
        BidState.PREPARING: (Duty.DOCUMENTS, bid.documents_due_on),
        BidState.READY: (Duty.DELIVER, bid.opens_on),
        BidState.DELIVERED: (Duty.RESULT, bid.opens_on + timedelta(days=1)),
    }
    found = duties.get(bid.state)
    if found is None:
        return None
    ahead = timedelta(days=0 if found[0] is Duty.RESULT else DAYS_AHEAD)
    return found if found[1] - ahead <= today else None


def is_late(bid: Standing, today: date) -> bool:
    """Say whether the documents were, or are, not ready in time."""
    if bid.ready_on is not None:
        return bid.ready_on > bid.documents_due_on
    return bid.state is BidState.PREPARING and today > bid.documents_due_on


def opening_problem(opens_on: date, today: date) -> Problem | None:
    return ("opens_on", "past") if opens_on < today else None


def step_problem(bid: Standing, target: BidState, on: date, today: date, winner: str) -> Problem | None:
    """Return (field, code) of what cannot be: delivered after the opening, a result before it, lost to nobody."""
    is_result = target in {BidState.WON, BidState.LOST}
    tests = (
        (on > today, "on", "future"),
        (target is BidState.DELIVERED and on > bid.opens_on, "on", "late"),
        (is_result and on < bid.opens_on, "on", "early"),
        (target is BidState.LOST and not winner.strip(), "winner", "winner"),
    )
    return next(((field, code) for is_wrong, field, code in tests if is_wrong), None)
