"""Checks that `doctor` and the operations page run: each room registers its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: `ok`, and one sentence that says what to do where it is not."""

    ok: bool
    text: str


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must be right for KAM to work."""

    name: str
    label: Any
    run: Callable[[], Finding]
    critical: bool = True


_checks: dict[str, Check] = {}


def register_check(check: Check) -> None:
    """Add a check; a second one of the same name is a mistake."""
    if check.name in _checks:
        raise ValueError(f"check {check.name} is registered twice")
    _checks[check.name] = check


def all_checks() -> list[Check]:
    """Return the checks in the order they were registered."""
    return list(_checks.values())
