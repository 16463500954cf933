"""The names of all acts. An act that is not registered is refused, so a typo fails in the first test."""

from typing import Any

_acts: dict[str, Any] = {}


def register_act(name: str, label: Any) -> str:
    """Register an act `app.noun.verbed` with its (lazily translated) label and return the name."""
    if name in _acts and str(_acts[name]) != str(label):
        raise ValueError(f"act {name} is registered twice")
    _acts[name] = label
    return name


def label_of(name: str) -> str:
    """Return the label of an act, or its name when its room is gone."""
    return str(_acts.get(name, name))


def is_registered(name: str) -> bool:
    return name in _acts


def all_acts() -> dict[str, Any]:
    """Return a copy: name → label."""
    return dict(_acts)
