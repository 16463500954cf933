"""Words of quotes. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from enum import StrEnum


class QuoteState(StrEnum):
    """A quote is open, became a deal, or was withdrawn; it lapses by its day alone."""

    OPEN = "open"
    AGREED = "agreed"
    WITHDRAWN = "withdrawn"


QUOTE_TRANSITIONS: Mapping[QuoteState, frozenset[QuoteState]] = {
    QuoteState.OPEN: frozenset({QuoteState.AGREED, QuoteState.WITHDRAWN})
}


class SpecialKind(StrEnum):
    """What the exceptional way asks for: a price of its own, or the offer outside its days."""

    PRICE = "price"
    WINDOW = "window"


class SpecialState(StrEnum):
    PENDING = "pending"
    RETURNED = "returned"
    APPROVED = "approved"
    REJECTED = "rejected"


SPECIAL_TRANSITIONS: Mapping[SpecialState, frozenset[SpecialState]] = {
    SpecialState.PENDING: frozenset({SpecialState.RETURNED, SpecialState.APPROVED, SpecialState.REJECTED}),
    SpecialState.RETURNED: frozenset({SpecialState.PENDING, SpecialState.REJECTED}),
}
