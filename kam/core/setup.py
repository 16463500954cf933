"""What an administrator sets up before a department can work: rooms register their step, Today shows what is left (spec 10)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupStep:
    """One step: `is_done()` is one statement; `why` says what the department needs it for."""

    key: str
    label: Any
    why: Any
    url: str
    order: int
    is_done: Callable[[], bool]


_steps: dict[str, SetupStep] = {}


def register_setup(step: SetupStep) -> None:
    """Put a step on the list of every administrator."""
    _steps[step.key] = step


def setup_steps() -> list[tuple[SetupStep, bool]]:
    """Return the steps in their order, each with whether it is done."""
    return [(step, step.is_done()) for step in sorted(_steps.values(), key=lambda step: step.order)]
