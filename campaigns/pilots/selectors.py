"""Reads of pilots: the figures of a round, told and counted, and what a page shows of all rounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts.knowledge.models import Suggestion
from campaigns.pilots.labels import OUTCOME_LABELS, SIZE_LABELS, VERDICT_LABELS
from campaigns.pilots.models import Pilot, PilotDecision, PilotMeasure, PilotRound, PilotUnit
from campaigns.pilots.rules import advice_of, mix_left, outcome_of
from campaigns.pilots.terms import OUTCOME_TONES, VERDICT_TONES, Outcome, Size, Source, Verdict
from kam.users.models import User
from visits.visits.models import Visit

Figures = list[tuple[PilotMeasure, Decimal | None]]


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A measure of a round beside its figure."""

    measure: PilotMeasure
    value: Decimal | None
    tone: str
    word: str


@dataclass(frozen=True, slots=True)
class ShownRound:
    """A round with its units, figures, what they advise, and what was decided."""

    round: PilotRound
    units: list[PilotUnit]
    hidden: int
    figures: list[ShownFigure]
    advice: tuple[str, str] | None
    decision: PilotDecision | None
    decision_tone: str


@dataclass(frozen=True, slots=True)
class ShownPilot:
    """All of a pilot that a person may read."""

    pilot: Pilot
    rounds: list[ShownRound]
    chosen: int
    planned: int
    left: list[tuple[str, int]]


def figures_of(row: PilotRound) -> Figures:
    """Return each measure with its figure in a round: kept ones as they are, counted ones as they stand. Five statements at most."""
    kept = dict(row.readings.values_list("measure", "value"))
    units = _units_until(row.pilot, row.number)
    counted = _counted(units, row.starts_on, row.ends_on)
    return [
        (measure, kept.get(measure.pk, counted.get(Source(measure.source))))
        for measure in row.pilot.measures.all()
    ]


def _units_until(pilot: Pilot, number: int) -> set[int]:
    """Return the units of this round and of those before it: they stay in the pilot."""
    rows = pilot.units.filter(candidate__round__lte=number, candidate__unit__isnull=False)
    return set(rows.values_list("candidate__unit", flat=True))


def _counted(units: set[int], first: date, last: date) -> dict[Source, Decimal]:
    visits = Visit.objects.held().filter(unit__in=units, on__range=(first, last))
    visited = visits.order_by().values("unit").distinct().count()
    said = Suggestion.objects.filter(unit__in=units, received_on__range=(first, last)).count()
    return {Source.VISITED: Decimal(visited), Source.SUGGESTIONS: Decimal(said)}


def advice_for(figures: Figures) -> Verdict | None:
    """Return what the figures advise."""
    return advice_of([outcome_of(measure.target, value) for measure, value in figures])


def shown_pilot(pilot: Pilot, user: User) -> ShownPilot:
    """Return the pilot for its page: units as far as the reader sees them, sums over all."""
    chosen = list(pilot.units.select_related("candidate__unit"))
    seen = set(pilot.units.visible_to(user).values_list("pk", flat=True))
    rounds = pilot.rounds.select_related("decision__by", "pilot").order_by("number")
    planned = pilot.mix
    left = mix_left(planned, [Size(unit.size) for unit in chosen])
    return ShownPilot(
        pilot,
        [_shown_round(row, chosen, seen) for row in rounds],
        len(chosen),
        sum(planned.values()),
        [(str(SIZE_LABELS[size]), number) for size, number in left.items() if number],
    )


def _shown_round(row: PilotRound, chosen: Sequence[PilotUnit], seen: set[int]) -> ShownRound:
    units = [unit for unit in chosen if unit.candidate.round == row.number]
    visible = [unit for unit in units if unit.pk in seen]
    figures = figures_of(row)
    advice = advice_for(figures)
    decision = getattr(row, "decision", None)
    return ShownRound(
        row,
        visible,
        len(units) - len(visible),
        [_figure(measure, value) for measure, value in figures],
        (VERDICT_TONES[advice], str(VERDICT_LABELS[advice])) if advice else None,
        decision,
        VERDICT_TONES[Verdict(decision.verdict)] if decision else "",
    )


def _figure(measure: PilotMeasure, value: Decimal | None) -> ShownFigure:
    outcome: Outcome = outcome_of(measure.target, value)
    return ShownFigure(measure, value, OUTCOME_TONES[outcome], str(OUTCOME_LABELS[outcome]))
