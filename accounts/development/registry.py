"""What other rooms and apps give to development: dated events of many units at once, and measures for goals of account plans."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.development.rules.checks import Event
from accounts.development.terms import Told

Tell = Callable[[Collection[int], date], Mapping[int, Mapping[Told, Iterable[Event]]]]


@dataclass(frozen=True, slots=True)
class Measure:
    """What a goal can be measured by. `read(unit_ids, start, day)` returns unit → value, of a flow from `start` on, of a level on `day`."""

    key: str
    label: Any
    read: Callable[[Collection[int], date, date], Mapping[int, Decimal]]
    unit: Any = ""


_measures: dict[str, Measure] = {}


def register_measure(measure: Measure) -> None:
    """Let goals of account plans be measured by something; a second one with the same key is a mistake."""
    if measure.key in _measures:
        raise ValueError(f"measure {measure.key} is registered twice")
    _measures[measure.key] = measure


def measures() -> dict[str, Measure]:
    """Return a copy: key → measure, in the order in which they were registered."""
    return dict(_measures)


_providers: list[tuple[frozenset[Told], Tell]] = []


def register_facts(names: Iterable[Told], tell: Tell) -> None:
    """Register `tell(unit_ids, day) -> {unit_id: {name: events}}`: a fixed number of statements for all units together.

    `names` says what it tells about every unit: a unit that it leaves out has none of these. Several may tell the same.
    """
    _providers.append((frozenset(names), tell))


def forget_facts(tell: Tell) -> None:
    """Forget a provider; used by tests that bring their own."""
    _providers[:] = [pair for pair in _providers if pair[1] is not tell]


def told_events(unit_ids: Collection[int], day: date) -> dict[int, dict[Told, tuple[Event, ...]]]:
    """Return what all rooms tell of these units, as it stood on `day`: what came later is not there yet."""
    names = frozenset[Told]().union(*(names for names, _tell in _providers))
    merged: dict[int, dict[Told, tuple[Event, ...]]] = {
        unit_id: dict.fromkeys(sorted(names), ()) for unit_id in unit_ids
    }
    for may_tell, tell in _providers:
        for unit_id, told in tell(unit_ids, day).items():
            for name, events in told.items():
                if name not in may_tell:
                    raise ValueError(f"{name} was not announced")
                merged[unit_id][name] += tuple(event for event in events if event.on <= day)
    return merged
