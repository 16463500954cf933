"""Until when a quote binds us, and what it stands at (docs/domain/discounts.md)."""

from datetime import date, timedelta

from campaigns.quotes.terms import QuoteState
from kam.core.periods import Period

#: So long a quote holds where its campaign ends later.
USUAL_DAYS = 14


def is_lapsed(state: QuoteState, valid_until: date, today: date) -> bool:
    """Say whether an open quote's last day, which still counts, is over."""
    return state is QuoteState.OPEN and today > valid_until


def usual_last_day(today: date, window: Period | None) -> date:
    """Return two weeks from today, or the last day of the offer where that comes first (and is not over)."""
    last = today + timedelta(days=USUAL_DAYS)
    return min(last, window.last) if window and window.last >= today else last
