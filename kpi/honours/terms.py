"""Words of rewards and honours. No Django here."""

from collections.abc import Mapping
from enum import StrEnum


class HonourKind(StrEnum):
    """What is given: money, a thing, or a title."""

    MONEY = "money"
    PRIZE = "prize"
    TITLE = "title"


class Occasion(StrEnum):
    """What it is given for (S-239)."""

    TARGET = "target"
    UNIT_WON = "unit_won"
    OTHER = "other"


class HonourState(StrEnum):
    """Where an honour stands; what was approved stays for ever."""

    PENDING = "pending"
    RETURNED = "returned"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


HONOUR_TRANSITIONS: Mapping[HonourState, frozenset[HonourState]] = {
    HonourState.PENDING: frozenset(
        {HonourState.APPROVED, HonourState.RETURNED, HonourState.REJECTED, HonourState.WITHDRAWN}
    ),
    HonourState.RETURNED: frozenset({HonourState.PENDING, HonourState.WITHDRAWN}),
}
HONOUR_TONES: Mapping[HonourState, str] = {
    HonourState.PENDING: "pending",
    HonourState.RETURNED: "warn",
    HonourState.APPROVED: "good",
    HonourState.REJECTED: "danger",
    HonourState.WITHDRAWN: "draft",
}
