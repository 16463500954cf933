"""State machines as tables: {state: frozenset of states that may follow}. No Django here."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from kam.core.errors import BusinessError

S = TypeVar("S", bound=StrEnum)


class TransitionRefusedError(BusinessError):
    """The table does not allow this move."""

    def __init__(self, current: StrEnum, target: StrEnum) -> None:
        super().__init__(f"{current.value} → {target.value}", code="transition_refused")
        self.current = current
        self.target = target


def can_move(current: S, target: S, table: Mapping[S, frozenset[S]]) -> bool:
    """Say whether the table allows moving from `current` to `target`."""
    return target in table.get(current, frozenset())


def ensure_transition(current: S, target: S, table: Mapping[S, frozenset[S]]) -> None:
    """Raise TransitionRefusedError unless the table allows moving from `current` to `target`."""
    if not can_move(current, target, table):
        raise TransitionRefusedError(current, target)
