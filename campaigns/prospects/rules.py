"""Registered customers and the goals that count them (T-28, docs/domain/prospects.md).

A goal without a channel counts customers registered through *other* channels than those whose units the campaign develops (S-260). Sincere is
whoever paid earnest money; the rate is exact, never rounded up to a goal.
"""

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts.units.rules import phone_key
from campaigns.prospects.terms import Progress

HUNDRED = Decimal(100)


def one_spelling(mobile: str) -> str:
    """Return a number without the blanks, dashes and country code of China with which people write the same one differently.

    What holds no figure stays as it was typed; a foreign number keeps its plus.
    """
    text = unicodedata.normalize("NFKC", mobile).strip()
    digits = phone_key(text)
    is_foreign = text.startswith("+") and not text.startswith("+86")
    return f"+{digits}" if digits and is_foreign else digits or text


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were registered, and how many of these are sincere."""

    registered: int = 0
    sincere: int = 0

    def plus(self, other: "Tally") -> "Tally":
        return Tally(self.registered + other.registered, self.sincere + other.sincere)

    @property
    def percent(self) -> Decimal | None:
        """The sincere among the registered, exact; None where nobody is registered."""
        return HUNDRED * self.sincere / self.registered if self.registered else None


def tally_of_all(by_channel: Mapping[str, Tally], developed: Collection[str]) -> Tally:
    """Return what goals without a channel count: every channel but those whose units are developed by a goal of their own."""
    total = Tally()
    for channel, tally in by_channel.items():
        if channel not in developed:
            total = total.plus(tally)
    return total


def progress_of(sincere_on: date | None, bought_on: date | None, dropped_on: date | None) -> Progress:
    """Say how far somebody came: a purchase outweighs everything, giving up what came before."""
    if bought_on is not None:
        return Progress.BOUGHT
    if dropped_on is not None:
        return Progress.DROPPED
    return Progress.SINCERE if sincere_on is not None else Progress.REGISTERED


def needed(registered: int, percent: Decimal) -> int:
    """Return how many must be sincere for a rate: 30 % of 400 are 120, of 401 are 121."""
    exact = registered * percent / HUNDRED
    return int(exact) + (exact != int(exact))
