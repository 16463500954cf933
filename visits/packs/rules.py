"""What became of a promise (S-240), and how many were kept. See docs/domain/promises.md."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from visits.packs.terms import Standing


def standing_of(due_on: date | None, done_on: date | None, *, today: date) -> Standing:
    """Return whether a promise was kept in time, kept late, is broken by now, or still open; its own day is still in time."""
    if done_on is not None:
        return Standing.KEPT if due_on is None or done_on <= due_on else Standing.LATE
    return Standing.BROKEN if due_on is not None and today > due_on else Standing.OPEN


def kept_percent(standings: Iterable[Standing]) -> Decimal | None:
    """Return how many per cent of what was due was kept in time, half up to whole; None where nothing was due."""
    due = [one for one in standings if one is not Standing.OPEN]
    if not due:
        return None
    return (Decimal(100 * due.count(Standing.KEPT)) / len(due)).quantize(Decimal(1), ROUND_HALF_UP)
