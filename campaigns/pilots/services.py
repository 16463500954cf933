"""The acts on pilots: plan one after the template, choose its units, tell figures, decide a round."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.units.models import KeyAccount
from campaigns.campaigns.models import Candidate, Goal, Phase, ScheduleLine
from campaigns.campaigns.parts import CampaignHead, add_part, draft_campaign
from campaigns.campaigns.services import locked_at
from campaigns.campaigns.terms import CampaignState, CandidateState, GoalKind, PartKind
from campaigns.pilots.labels import FIELDS, PROBLEMS
from campaigns.pilots.models import (
    Pilot,
    PilotDecision,
    PilotMeasure,
    PilotReading,
    PilotRound,
    PilotUnit,
)
from campaigns.pilots.rules import MeasureSpec, decide_problem, outcome_of, weeks_of
from campaigns.pilots.selectors import advice_for, figures_of
from campaigns.pilots.terms import LAST_ROUND, Problem, Size, Source, Verdict
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.users.models import User

#: The template of a pilot: phases and lines by weeks from the launch, measures, how long the first round is.
FIXTURE = settings.BASE_DIR / "fixtures" / "pilot.json"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a pilot has of its own: name, first day, what is to be learned, how many units of each size."""

    code: str
    name: str
    launch_on: date
    question: str
    mix: Mapping[Size, int]


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is decided after a round: with reasons, and the next round's days and what changes in it."""

    verdict: Verdict
    reasons: str
    next_from: date | None = None
    next_until: date | None = None
    change: str = ""


def template() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(FIXTURE.read_text("utf-8"))
    return told


@transaction.atomic
def plan_pilot(plan: Plan, *, by: User) -> Pilot:
    """Draft the campaign of a pilot after the template, with its measures and the first round. Raises BusinessError at the field."""
    count = sum(plan.mix.values())
    if not count:
        raise BusinessError(_("A pilot needs units."), code="units", field="large_count")
    told = template()
    head = CampaignHead(plan.name, "", told["purpose"], plan.question, None, None, [], False, by, None)
    campaign = draft_campaign(plan.code, head, by=by)
    pilot = Pilot.objects.create(
        campaign=campaign,
        question=plan.question,
        launch_on=plan.launch_on,
        by=by,
        **{f"{size.value}_count": plan.mix.get(size, 0) for size in Size},
    )
    _write_plan(pilot, told, count)
    _write_measures(
        pilot,
        [
            MeasureSpec(row["name"], row["unit"], _target(row, count), Source(row["source"]))
            for row in told["measures"]
        ],
    )
    last = plan.launch_on + timedelta(weeks=told["round_weeks"]) - timedelta(days=1)
    PilotRound.objects.create(pilot=pilot, number=1, starts_on=plan.launch_on, ends_on=last)
    record("campaigns.pilot.planned", pilot, by=by, changes={"units": (None, count)})
    return pilot


@transaction.atomic
def write_measures(pilot: Pilot, specs: Sequence[MeasureSpec], *, by: User, version: int) -> Pilot:
    """Write what is measured in every round, while the campaign is a draft. Raises ConflictError where that has passed."""
    row = _lock(pilot)
    if row.version != version:
        raise ConflictError(_("Somebody changed this pilot meanwhile. Look at it again."), code="stale")
    if row.campaign.state != CampaignState.DRAFT:
        raise ConflictError(_("The plan was handed in: what is approved stays as it is."), code="fixed")
    before = list(row.measures.values_list("name", flat=True))
    row.measures.all().delete()
    _write_measures(row, specs)
    row.version += 1
    row.save(update_fields=["version"])
    changes = {"measures": ("、".join(before), "、".join(spec.name for spec in specs))}
    record("campaigns.pilot.measures_written", row, by=by, changes=changes)
    return row


@transaction.atomic
def choose_unit(pilot: Pilot, unit: KeyAccount, size: Size, round_number: int, *, by: User) -> PilotUnit:
    """Put a unit into a round of the pilot: a row of the campaign's expansion table, selected."""
    row = _lock(pilot)
    if not row.rounds.filter(number=round_number).exists():
        raise BusinessError(_("This round is not planned yet."), code="round", field="round")
    candidate = Candidate.objects.filter(campaign=row.campaign, unit=unit).first()
    if candidate is None:
        values = {"round": round_number, "unit": unit, "name": "", "region": unit.area, "channel": ""}
        values |= {"goal": "", "state": CandidateState.SELECTED}
        made = add_part(row.campaign, PartKind.CANDIDATE, values, by=by, version=row.campaign.version)
        candidate = Candidate.objects.get(pk=made.pk)
    elif PilotUnit.objects.filter(candidate=candidate).exists():
        raise BusinessError(_("This unit is in the pilot already."), code="twice", field="unit")
    elif candidate.round != round_number:
        words = _("This unit stands in round %(round)s of the expansion table.")
        raise BusinessError(words % {"round": candidate.round}, code="other_round", field="round")
    chosen = PilotUnit.objects.create(pilot=row, candidate=candidate, size=size)
    record("campaigns.pilot.unit_chosen", row, by=by, changes={"unit": (None, unit.name)})
    return chosen


@transaction.atomic
def tell_figures(number: PilotRound, told: Mapping[int, Decimal], *, by: User) -> None:
    """Write the figures of measures that are told (number of the measure → figure); told again they are corrected, until the decision."""
    pilot = _lock(number.pilot)
    row = pilot.rounds.get(pk=number.pk)
    _refuse(_open_problem(pilot, row))
    changes: dict[str, tuple[Any, Any]] = {}
    for measure in pilot.measures.filter(pk__in=list(told), source=Source.TOLD):
        old = PilotReading.objects.filter(round=row, measure=measure).first()
        before, value = (old.value if old else None), told[measure.pk]
        if before != value:
            changes[measure.name] = (before, value)
            PilotReading.objects.update_or_create(
                round=row, measure=measure, defaults={"value": value, "by": by}
            )
    if changes:
        record("campaigns.pilot.figures_told", pilot, by=by, changes=changes)


@transaction.atomic
def decide_round(number: PilotRound, ruling: Ruling, *, by: User) -> PilotDecision:
    """Decide a round once: keep the counted figures as they stand, and open the next round where it goes on."""
    pilot = _lock(number.pilot)
    row = pilot.rounds.get(pk=number.pk)
    if pilot.campaign.state != CampaignState.RUNNING:
        _refuse(Problem.NOT_RUNNING)
    figures = figures_of(row)
    outcomes = [outcome_of(measure.target, value) for measure, value in figures]
    decided = PilotDecision.objects.filter(round=row).exists()
    following = (ruling.next_from, ruling.next_until)
    as_round = row.as_round(is_decided=decided)
    _refuse(decide_problem(as_round, ruling.verdict, outcomes, following, business_date()))
    for measure, value in figures:
        if measure.source != Source.TOLD and value is not None:
            PilotReading.objects.create(round=row, measure=measure, value=value, by=by)
    made = PilotDecision.objects.create(
        round=row,
        verdict=ruling.verdict,
        advice=advice_for(figures) or "",
        reasons=ruling.reasons,
        on=business_date(),
        by=by,
    )
    if ruling.verdict is not Verdict.STOP and row.number < LAST_ROUND:
        _open_next(row, ruling)
    record(
        "campaigns.pilot.decided",
        pilot,
        by=by,
        changes={f"round_{row.number}": (None, ruling.verdict.value)},
        reason=ruling.reasons,
    )
    return made


def _open_next(row: PilotRound, ruling: Ruling) -> None:
    assert ruling.next_from is not None  # noqa: S101 -- the rule refuses a ruling without days
    assert ruling.next_until is not None  # noqa: S101 -- see above
    PilotRound.objects.create(
        pilot=row.pilot,
        number=row.number + 1,
        starts_on=ruling.next_from,
        ends_on=ruling.next_until,
        change=ruling.change,
    )


def _open_problem(pilot: Pilot, row: PilotRound) -> Problem | None:
    if pilot.campaign.state != CampaignState.RUNNING:
        return Problem.NOT_RUNNING
    return Problem.DECIDED if PilotDecision.objects.filter(round=row).exists() else None


def _refuse(problem: Problem | None) -> None:
    if problem in {Problem.NOT_RUNNING, Problem.DECIDED}:
        raise ConflictError(PROBLEMS[problem], code=problem)
    if problem is not None:
        raise BusinessError(PROBLEMS[problem], code=problem, field=FIELDS.get(problem))


def _write_plan(pilot: Pilot, told: Mapping[str, Any], count: int) -> None:
    """Write phases and lines by weeks from the launch, and the goal: so many units."""
    campaign, start, place = pilot.campaign, pilot.launch_on, 0
    for number, row in enumerate(told["phases"], 1):
        first, last = weeks_of(start, row["from_week"], row["to_week"])
        phase = Phase.objects.create(
            campaign=campaign, place=number, name=row["name"], starts_on=first, ends_on=last
        )
        for text, week in row["lines"]:
            place += 1
            due = weeks_of(start, week, week)[1]
            ScheduleLine.objects.create(campaign=campaign, phase=phase, place=place, text=text, due_on=due)
    Goal.objects.create(campaign=campaign, place=1, kind=GoalKind.UNITS, target=count)


def _target(row: Mapping[str, Any], count: int) -> Decimal:
    """Return the target of a measure of the template: a figure, or a share of the units, at least one of them."""
    return Decimal(row["target"]) if "target" in row else Decimal(max(1, count * row["share"] // 100))


def _write_measures(pilot: Pilot, specs: Sequence[MeasureSpec]) -> None:
    PilotMeasure.objects.bulk_create(
        PilotMeasure(
            pilot=pilot,
            place=place,
            name=spec.name,
            unit=spec.unit,
            target=spec.target,
            source=spec.source,
        )
        for place, spec in enumerate(specs, 1)
    )


def _lock(pilot: Pilot) -> Pilot:
    """Hold the campaign, then the pilot: a plan that is being handed in waits."""
    campaign = locked_at(pilot.campaign, None)
    row = locked(Pilot.objects.filter(pk=pilot.pk)).get()
    row.campaign = campaign
    return row
