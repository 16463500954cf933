"""What other rooms know of units beyond observations: facts for criteria, figures for the tier, value in yuan."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from accounts.qualification.terms import Axis
from accounts.units.models import KeyAccount

Facts = Callable[[Collection[int]], Mapping[int, Mapping[str, object]]]
#: (units, day) → unit id → figure as known on that day; what is not known is absent. A fixed number of queries however many units.
Read = Callable[[QuerySet[KeyAccount], date], Mapping[int, Decimal]]

_providers: list[Facts] = []


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure that may speak for a tier; the rules in force say how much it weighs."""

    key: str
    label: Any
    axis: Axis
    read: Read
    unit: Any = ""
    order: int = 50


@dataclass(frozen=True, slots=True)
class ValueSource:
    """Where a unit's value in yuan comes from. Of the sources that know a figure the one with the lowest order counts."""

    key: str
    label: Any
    order: int
    read: Read


@dataclass(frozen=True, slots=True)
class Worth:
    """The value of a unit in yuan, and which source told it."""

    amount: Decimal
    source: ValueSource


_measures: dict[str, Measure] = {}
_sources: dict[str, ValueSource] = {}


def register_facts(provider: Facts) -> None:
    """Add a provider: unit ids → {unit id: {fact: value}}, one fixed number of queries for all."""
    _providers.append(provider)


def provided_facts(unit_ids: Collection[int]) -> dict[int, dict[str, object]]:
    """Return what all providers say."""
    found: dict[int, dict[str, object]] = {unit_id: {} for unit_id in unit_ids}
    for provider in _providers:
        for unit_id, facts in provider(unit_ids).items():
            found.setdefault(unit_id, {}).update(
                {name: value for name, value in facts.items() if value is not None}
            )
    return found


def register_measure(measure: Measure) -> None:
    """Add a measure; a second one of the same key is refused."""
    if measure.key in _measures:
        raise ValueError(f"measure {measure.key} is registered twice")
    _measures[measure.key] = measure


def measures() -> list[Measure]:
    """Return all measures, value before potential, in their order."""
    return sorted(_measures.values(), key=lambda m: (m.axis != Axis.VALUE, m.order, m.key))


def measure_of(key: str) -> Measure | None:
    return _measures.get(key)


def register_value(source: ValueSource) -> None:
    """Add a source of value (deals, product charts, what was told); a second one of the same key is refused."""
    if source.key in _sources:
        raise ValueError(f"value {source.key} is registered twice")
    _sources[source.key] = source


def value_sources() -> list[ValueSource]:
    return sorted(_sources.values(), key=lambda source: (source.order, source.key))


def worth_of(units: QuerySet[KeyAccount], day: date) -> dict[int, Worth]:
    """Return unit id → value by the best source that knows one."""
    worth: dict[int, Worth] = {}
    for source in value_sources():
        for unit_id, amount in source.read(units, day).items():
            worth.setdefault(unit_id, Worth(amount, source))
    return worth
