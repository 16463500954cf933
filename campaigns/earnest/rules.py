"""Who chooses when: who paid first chooses first, group buyers before ordinary ones (S-110; docs/domain/earnest.md)."""

from collections.abc import Iterable
from dataclasses import dataclass

from campaigns.earnest.terms import BuyerKind


@dataclass(frozen=True, slots=True)
class Waiting:
    """One who holds a serial and has not chosen; `passed` is how often the number was called in vain."""

    earnest: int
    kind: BuyerKind
    serial: int
    passed: int = 0


def calling_order(waiting: Iterable[Waiting]) -> list[Waiting]:
    """Return them as they are called: group buyers, then ordinary ones, each by serial; who did not come is called again after all others."""
    return sorted(waiting, key=lambda one: (one.passed, one.kind is not BuyerKind.GROUP, one.serial))


def next_serial(last: int) -> int:
    """Return the serial after `last`; serials begin with 1 and have no gaps."""
    return last + 1


def is_gapless(serials: Iterable[int]) -> bool:
    """Say whether these are 1, 2, 3 … without gap or tie."""
    told = sorted(serials)
    return told == list(range(1, len(told) + 1))
