"""What would follow a unit to its next owner now, counted and in words."""

from collections import Counter

from accounts.units.models import KeyAccount
from accounts.units.registry import all_that_goes_along
from kam.core.sentences import listed
from kam.users.models import User


def said_together(counts: Counter[str]) -> str:
    """Return what went along in the reader's words, in the order in which it moves."""
    return listed(things.words(counts[things.key]) for things in all_that_goes_along() if counts[things.key])


def waiting_with(owner: User) -> dict[int, str]:
    """Return unit → what would go along if it went to somebody else now, for units of this owner that have something."""
    found: dict[int, Counter[str]] = {}
    for things in all_that_goes_along():
        for unit, number in things.waiting(owner).items():
            found.setdefault(unit, Counter())[things.key] = number
    return {unit: said_together(counts) for unit, counts in found.items()}


def along_with(unit: KeyAccount) -> str:
    """Return what would go along with this unit now, "" for nothing."""
    return waiting_with(unit.owner).get(unit.pk, "") if unit.owner is not None else ""
