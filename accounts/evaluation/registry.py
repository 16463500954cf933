"""What other rooms give to an evaluation: facts shown beside a dimension, and what a unit costs us."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Shown:
    """A fact in words, with the grade it speaks for where that can be said."""

    text: str
    grade: int | None = None


#: (unit ids, day) → unit id → what is known; a fixed number of queries for all units together.
ReadHint = Callable[[Collection[int], date], Mapping[int, Shown]]
#: (unit ids, first day, last day) → unit id → yuan.
ReadCost = Callable[[Collection[int], date, date], Mapping[int, Decimal]]


@dataclass(frozen=True, slots=True)
class Hint:
    key: str
    label: Any
    read: ReadHint


@dataclass(frozen=True, slots=True)
class Cost:
    """One kind of cost; the kinds add up. `is_estimate` says that it is worked out from a setting."""

    key: str
    label: Any
    order: int
    read: ReadCost
    is_estimate: bool = False


_hints: dict[str, Hint] = {}
_costs: dict[str, Cost] = {}


def register_hint(hint: Hint) -> None:
    """Add facts for a dimension; a second hint of the same key is refused."""
    if hint.key in _hints:
        raise ValueError(f"hint {hint.key} is registered twice")
    _hints[hint.key] = hint


def hints() -> dict[str, Hint]:
    """Return a copy: key → hint."""
    return dict(_hints)


def register_cost(cost: Cost) -> None:
    """Add a kind of cost (visits, gifts, receptions); a second one of the same key is refused."""
    if cost.key in _costs:
        raise ValueError(f"cost {cost.key} is registered twice")
    _costs[cost.key] = cost


def costs() -> list[Cost]:
    return sorted(_costs.values(), key=lambda cost: (cost.order, cost.key))
