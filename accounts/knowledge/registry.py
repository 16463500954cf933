"""What rooms above give to knowledge: measures of service standards, and the diary in which trainings take people's time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accounts.knowledge.models import Training
from kam.core.periods import Period
from kam.users.models import User


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


#: (training, everybody who has a place); runs in the transaction that gives the places, and may refuse it with a BusinessError.
Diary = Callable[[Training, Sequence[User]], None]
_diaries: list[Diary] = []


def register_diary(diary: Diary) -> None:
    """Let `diary` take the time of those who take part."""
    _diaries.append(diary)


def take_time(training: Training, people: Sequence[User]) -> None:
    """Tell every diary who takes part."""
    for diary in _diaries:
        diary(training, people)
