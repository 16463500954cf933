"""Phases may overlap, leave gaps and stay open at the end; the page says so and corrects nothing (T-46, docs/domain/campaigns.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from campaigns.campaigns.terms import Reached


@dataclass(frozen=True, slots=True)
class Span:
    """A phase by its days, both inclusive; without a last day it is open."""

    name: str
    starts_on: date
    ends_on: date | None = None


class WarningKind(StrEnum):
    OVERLAP = "overlap"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class PhaseWarning:
    """Two phases that share days, or days that belong to none of them."""

    kind: WarningKind
    first: str
    second: str
    starts_on: date
    ends_on: date | None


def phase_warnings(phases: Sequence[Span]) -> list[PhaseWarning]:
    """Return every pair of phases that overlap and every gap that no phase covers, by days."""
    in_order = sorted(phases, key=lambda phase: (phase.starts_on, phase.ends_on or date.max))
    found = [
        _overlap(first, second)
        for place, first in enumerate(in_order)
        for second in in_order[place + 1 :]
        if first.ends_on is None or second.starts_on <= first.ends_on
    ]
    return sorted(found + _gaps(in_order), key=lambda warning: (warning.starts_on, warning.kind))


def _overlap(first: Span, second: Span) -> PhaseWarning:
    last = min(first.ends_on or date.max, second.ends_on or date.max)
    return PhaseWarning(
        WarningKind.OVERLAP,
        first.name,
        second.name,
        second.starts_on,
        None if last == date.max else last,
    )


def _gaps(in_order: Sequence[Span]) -> list[PhaseWarning]:
    """A gap lies between the latest day covered so far and the next beginning."""
    found = []
    covered: Span | None = None
    for phase in in_order:
        if covered and covered.ends_on and phase.starts_on > covered.ends_on + timedelta(days=1):
            first, last = covered.ends_on + timedelta(days=1), phase.starts_on - timedelta(days=1)
            found.append(PhaseWarning(WarningKind.GAP, covered.name, phase.name, first, last))
        covered = phase if covered is None else max(covered, phase, key=_last_day)
    return found


def _last_day(phase: Span) -> date:
    return phase.ends_on or date.max


def current_phases(phases: Sequence[Span], today: date) -> list[str]:
    """Return the names of the phases that hold today."""
    return [p.name for p in phases if p.starts_on <= today <= _last_day(p)]


def goal_state(target: Decimal, actual: Decimal | None, due_on: date | None, today: date) -> Reached:
    """A goal is met at its target, missed when its last day (that day included) has passed below it; without data nobody knows."""
    if actual is None:
        return Reached.UNKNOWN
    if actual >= target:
        return Reached.MET
    return Reached.MISSED if due_on is not None and today > due_on else Reached.OPEN


def share_of_first(number: int, first: int) -> int | None:
    """Return how many per cent of the units visited came as far as a step, rounded down; None where nobody was visited."""
    return number * 100 // first if first else None
