"""Thresholds that a department may change: defined by the room that reads them, kept as rows with history."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Value = int | str | bool | Decimal


@dataclass(frozen=True, slots=True)
class Definition:
    """A setting: its key, default, label, unit, and whether the default is our assumption (labelled on the screen).

    `route_kind` is what changing it is to the route of rule changes: `integrity` lets the general manager decide too.
    """

    key: str
    default: Value
    label: Any
    unit: Any = ""
    assumption: bool = True
    group: Any = ""
    route_kind: str = ""


_definitions: dict[str, Definition] = {}


def define(
    key: str,
    default: Value,
    *,
    label: Any,
    unit: Any = "",
    assumption: bool = True,
    group: Any = "",
    route_kind: str = "",
) -> Definition:
    """Register a setting; a second definition of the same key must be equal."""
    definition = Definition(key, default, label, unit, assumption, group, route_kind)
    if key in _definitions and _definitions[key].default != default:
        raise ValueError(f"setting {key} is defined twice")
    _definitions[key] = definition
    return definition


def definition_of(key: str) -> Definition:
    """Return the definition; KeyError for an unknown key."""
    return _definitions[key]


def all_definitions() -> list[Definition]:
    """Return every definition, by group and key."""
    return sorted(_definitions.values(), key=lambda d: (str(d.group), d.key))
