"""The measures that service standards are compared with: named here, computed by the rooms that know."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kam.core.periods import Period


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of the whole department in a period; None where nothing happened that it could be made of."""

    key: str
    label: Any
    unit: Any
    figure: Callable[[Period], Decimal | None]


_measures: dict[str, Measure] = {}


def register_measure(measure: Measure) -> None:
    if measure.key in _measures:
        raise ValueError(f"measure {measure.key} is registered twice")
    _measures[measure.key] = measure


def is_measure(key: str) -> bool:
    return key in _measures


def measure_called(key: str) -> Measure | None:
    return _measures.get(key)


def all_measures() -> list[Measure]:
    return sorted(_measures.values(), key=lambda measure: measure.key)
