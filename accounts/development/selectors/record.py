"""What the record of one unit shows of its development: phase, conditions, steps, SWOT, history."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from accounts.development.labels import LIST_LABELS, PHASE_WORK
from accounts.development.models import PhaseChange, Swot
from accounts.development.rules.checks import Facts
from accounts.development.rules.phases import conditions, next_phase
from accounts.development.rules.steps import step_at, steps_of
from accounts.development.selectors.board import norms
from accounts.development.selectors.facts import facts_of, last_numbers, swot_on
from accounts.development.telling import Sentence, sentences
from accounts.development.terms import LISTS
from accounts.units.labels import PHASE_LABELS, STEP_LABELS
from accounts.units.models import KeyAccount
from accounts.units.terms import Phase
from kam.core.clock import business_date
from kam.core.once import once


@dataclass(frozen=True, slots=True)
class ShownStep:
    number: int
    label: Any
    is_done: bool
    sentences: list[Sentence]


@dataclass(frozen=True, slots=True)
class Steps:
    """The seven steps as they stood on a day; `at` is the one being worked on."""

    day: date
    at: int
    rows: list[ShownStep]

    @property
    def done(self) -> int:
        return sum(row.is_done for row in self.rows)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit stands in its phase, and what the next one asks."""

    phase: Phase
    label: Any
    work: Any
    since_on: date
    days: int
    norm: int
    late: int
    following: Phase
    following_label: Any
    conditions: list[Sentence]
    seen: int
    moves: list[tuple[int, Any, bool]]

    @property
    def met(self) -> int:
        return sum(condition.is_met for condition in self.conditions)


def facts_now(unit: KeyAccount) -> Facts:
    """Return the facts as of today, read once for all parts of a page."""
    return once(unit, "development", lambda: facts_of([unit.pk], day=business_date())[unit.pk])


def standing_of(unit: KeyAccount) -> Standing:
    """Return where the unit stands now."""
    phase, today = Phase(unit.phase), business_date()
    following = next_phase(phase)
    days, norm = (today - unit.phase_since_on).days, norms()[phase]
    asked = conditions(facts_now(unit), old=phase, new=following) if following is not phase else ()
    return Standing(
        phase,
        PHASE_LABELS[phase],
        PHASE_WORK[phase],
        unit.phase_since_on,
        days,
        norm,
        max(days - norm, 0),
        following,
        PHASE_LABELS[following],
        sentences(asked, unit.pk),
        last_numbers([unit.pk]).get(unit.pk, 0),
        [(int(p), PHASE_LABELS[p], p is following) for p in Phase if p is not phase],
    )


def steps_shown(unit: KeyAccount, day: date) -> Steps:
    """Return the seven steps of `day` with their evidence."""
    facts = facts_now(unit) if day == business_date() else facts_of([unit.pk], day=day)[unit.pk]
    states = steps_of(facts)
    rows = [
        ShownStep(s.number, STEP_LABELS[s.number], s.is_done, sentences(s.findings, unit.pk)) for s in states
    ]
    return Steps(day, step_at(states), rows)


def changes_of(unit: KeyAccount) -> QuerySet[PhaseChange]:
    """Return the changes of phase, the newest first."""
    return PhaseChange.objects.filter(unit=unit).select_related("by").order_by("-number")


@dataclass(frozen=True, slots=True)
class ShownSwot:
    row: Swot | None
    lists: list[tuple[str, Any, list[str]]]


def shown_swot(unit: KeyAccount, day: date) -> ShownSwot:
    """Return the SWOT of a day, list by list."""
    row = swot_on(unit, day)
    return ShownSwot(row, [(name, LIST_LABELS[name], getattr(row, name) if row else []) for name in LISTS])
