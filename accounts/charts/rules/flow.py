"""How a unit decides: ordered steps, each with whom and how many days it takes; who has the last word (S-026, S-039)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accounts.charts.terms import StepKind

MAX_STEPS = 20
MAX_STEP_DAYS = 365


@dataclass(frozen=True, slots=True)
class Step:
    """One step. Whoever takes it is a person we know, or described by `who`; `days` is None where nobody told us."""

    kind: StepKind
    person_id: int | None = None
    who: str = ""
    days: int | None = None


def flow_problem(steps: Sequence[Step]) -> tuple[int, str] | None:
    """Return (place of the step, code) of the first thing wrong with a flow, None where it is fine.

    Codes: empty (no step at all), too_many, who (nobody named), both (a person and a description), days.
    """
    if not steps:
        return 0, "empty"
    if len(steps) > MAX_STEPS:
        return MAX_STEPS, "too_many"
    for place, step in enumerate(steps):
        if step.person_id is None and not step.who:
            return place, "who"
        if step.person_id is not None and step.who:
            return place, "both"
        if step.days is not None and not 0 <= step.days <= MAX_STEP_DAYS:
            return place, "days"
    return None


def deciders(steps: Iterable[Step]) -> int:
    """Return how many different people have the final say."""
    return len({(step.person_id, step.who) for step in steps if step.kind is StepKind.DECIDE})


def total_days(steps: Iterable[Step]) -> tuple[int, bool]:
    """Return the days that all steps take, and whether every step's days are known."""
    days = [step.days for step in steps]
    return sum(day for day in days if day is not None), None not in days
