"""What rounds, sheets and comparisons show."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet

from accounts.evaluation.hints import year_until
from accounts.evaluation.labels import STAGE_LABELS
from accounts.evaluation.models import (
    EvaluationCriteria,
    EvaluationDimension,
    EvaluationRound,
    FocusPeriod,
    Score,
    ScoreSheet,
)
from accounts.evaluation.registry import Cost, Shown, costs, hints
from accounts.evaluation.rules import Balance, is_above, stage_of
from accounts.evaluation.terms import RoundState, SheetState, Stage
from accounts.qualification.registry import Worth, worth_of
from accounts.units.models import KeyAccount, Observation
from accounts.units.permissions import sees_unit
from accounts.units.terms import UnitStatus
from kam.today.asks import Ask
from kam.users.models import User


def criteria_on(day: date) -> EvaluationCriteria | None:
    return EvaluationCriteria.objects.in_force(day).first()


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A dimension on a sheet: its grade so far, what KAM knows of it now, and what was shown when it was given."""

    dimension: EvaluationDimension
    score: Score | None
    known: Shown | None

    @property
    def grade(self) -> int | None:
        return self.score.grade if self.score else None

    @property
    def meaning(self) -> str:
        meanings = self.dimension.meanings
        return meanings[self.grade - 1] if self.grade and len(meanings) >= self.grade else ""


def lines_of(sheet: ScoreSheet, *, day: date) -> list[SheetLine]:
    """Return the dimensions with their grades; facts are read only while the sheet can still be written."""
    scores = {score.dimension_id: score for score in sheet.scores.all()}
    dimensions = list(sheet.round.criteria.dimensions.all())
    known = {} if sheet.state == SheetState.SUBMITTED else facts_of([sheet.unit_id], dimensions, day)
    return [
        SheetLine(row, scores.get(row.pk), known.get(row.hint, {}).get(sheet.unit_id)) for row in dimensions
    ]


def facts_of(
    unit_ids: Collection[int], dimensions: Iterable[EvaluationDimension], day: date
) -> dict[str, dict[int, Shown]]:
    """Return hint → unit → fact, for the hints that the dimensions name."""
    known = hints()
    wanted = {row.hint for row in dimensions} & known.keys()
    return {key: dict(known[key].read(unit_ids, day)) for key in sorted(wanted)}


@dataclass(frozen=True, slots=True)
class UnitBalance:
    """Value and cost of a unit, and where each comes from."""

    balance: Balance
    worth: Worth | None
    costs: list[tuple[Cost, Decimal]]


def balances_of(unit_ids: Sequence[int], day: date) -> dict[int, UnitBalance]:
    """Return unit → value against the cost of the last 365 days: a fixed number of queries."""
    worth = worth_of(KeyAccount.objects.filter(pk__in=list(unit_ids)), day)
    told = [(cost, cost.read(unit_ids, *year_until(day))) for cost in costs()]
    found = {}
    for pk in unit_ids:
        parts = [(cost, amounts[pk]) for cost, amounts in told if pk in amounts]
        value = worth[pk].amount if pk in worth else None
        spent = sum((amount for _cost, amount in parts), Decimal(0)) if parts else None
        found[pk] = UnitBalance(Balance(value, spent), worth.get(pk), parts)
    return found


@dataclass(frozen=True, slots=True)
class RankedSheet:
    """A sheet in the order of its points."""

    place: int | None
    sheet: ScoreSheet
    grades: list[int | None]
    is_above: bool | None
    balance: UnitBalance


@dataclass(frozen=True, slots=True)
class RoundShown:
    round: EvaluationRound
    dimensions: list[EvaluationDimension]
    rows: list[RankedSheet]
    done: int
    scorers: list[tuple[str, int, int]]

    @property
    def waiting(self) -> int:
        """Sheets that are submitted and not decided."""
        return sum(row.sheet.state == "submitted" and not row.sheet.decision for row in self.rows)


def sheets_seen(user: User) -> QuerySet[ScoreSheet]:
    return ScoreSheet.objects.visible_to(user).select_related(
        "unit", "unit__owner", "unit__team", "scorer", "round", "round__criteria", "decided_by"
    )


def round_shown(shown: EvaluationRound, user: User, day: date) -> RoundShown:
    """Return the units of a round that the person may see, best first. A fixed number of queries."""
    rows = sheets_seen(user).filter(round=shown).prefetch_related("scores")
    sheets = list(rows.order_by(F("points").desc(nulls_last=True), "unit__sort_key", "pk"))
    dimensions = list(shown.criteria.dimensions.all())
    balances = balances_of([sheet.unit_id for sheet in sheets], day)
    ranked = [
        _ranked(place, sheet, dimensions, shown, balances[sheet.unit_id])
        for place, sheet in enumerate(sheets, 1)
    ]
    done = sum(sheet.state == SheetState.SUBMITTED for sheet in sheets)
    return RoundShown(shown, dimensions, ranked, done, _scorers(sheets))


def _ranked(
    place: int,
    sheet: ScoreSheet,
    dimensions: Sequence[EvaluationDimension],
    shown: EvaluationRound,
    balance: UnitBalance,
) -> RankedSheet:
    grades = {score.dimension_id: score.grade for score in sheet.scores.all()}
    above = is_above(sheet.points, shown.criteria.line) if sheet.points is not None else None
    is_final = sheet.points is not None
    line = [grades.get(row.pk) if is_final else None for row in dimensions]
    return RankedSheet(place if is_final else None, sheet, line, above, balance)


def _scorers(sheets: Iterable[ScoreSheet]) -> list[tuple[str, int, int]]:
    """Return (name, submitted, all), whoever has most left first."""
    told: dict[str, list[int]] = {}
    for sheet in sheets:
        counts = told.setdefault(sheet.scorer.name, [0, 0])
        counts[0] += sheet.state == SheetState.SUBMITTED
        counts[1] += 1
    return sorted(
        ((name, done, every) for name, (done, every) in told.items()),
        key=lambda row: (row[1] - row[2], row[0]),
    )


def rounds_seen(user: User) -> list[EvaluationRound]:
    """Return the rounds with how many sheets the person sees (`n`), how many are submitted, decided and in focus."""
    mine = Q(sheets__in=ScoreSheet.objects.visible_to(user))
    rows = EvaluationRound.objects.visible_to(user).select_related("opened_by", "criteria")
    return list(
        rows.annotate(
            n=Count("sheets", filter=mine),
            done=Count("sheets", filter=mine & Q(sheets__state=SheetState.SUBMITTED)),
            focus=Count("sheets", filter=mine & Q(sheets__decision="focus")),
        ).order_by("-due_on", "-pk")[:100]
    )


#: Sheets still to be scored, the earliest first.
SHEETS_DUE: Ask[ScoreSheet] = Ask(
    "evaluation.sheets_due",
    lambda people, _day: (
        ScoreSheet.objects.filter(scorer__any_of=people, round__state=RoundState.RUNNING)
        .exclude(state=SheetState.SUBMITTED)
        .select_related("unit", "round")
        .order_by("round__due_on", "unit__sort_key", "pk")
    ),
    attrgetter("scorer_id"),
)


def sheets_to_score(person: User, day: date) -> list[ScoreSheet]:
    """Return what the person has to score, the earliest first; not of units that left them, whose sheets would not open."""
    return [sheet for sheet in SHEETS_DUE([person], day).get(person.pk, []) if sees_unit(person, sheet.unit)]


@dataclass(frozen=True, slots=True)
class Compared:
    """One unit of a comparison: its latest submitted sheet, value against cost."""

    unit: KeyAccount
    sheet: ScoreSheet | None
    grades: dict[str, int | None]
    balance: UnitBalance


@dataclass(frozen=True, slots=True)
class Comparison:
    """Units side by side; `rows` are the dimensions with each unit's grade, the best ones marked."""

    units: list[Compared]
    rows: list[tuple[str, list[tuple[int | None, bool]]]] = field(default_factory=list)


def comparison_of(units: Sequence[KeyAccount], day: date) -> Comparison:
    """Return two to four units side by side. A fixed number of queries."""
    keys = [unit.pk for unit in units]
    sheets = {sheet.unit_id: sheet for sheet in latest_sheets(keys)}
    balances = balances_of(keys, day)
    names: dict[str, str] = {}
    compared = []
    for unit in units:
        sheet = sheets.get(unit.pk)
        grades: dict[str, int | None] = {}
        for score in sheet.scores.all() if sheet else ():
            names.setdefault(score.dimension.code, str(score.dimension))
            grades[score.dimension.code] = score.grade
        compared.append(Compared(unit, sheet, grades, balances[unit.pk]))
    rows = [(name, _marked([one.grades.get(code) for one in compared])) for code, name in names.items()]
    return Comparison(compared, rows)


def _marked(grades: Sequence[int | None]) -> list[tuple[int | None, bool]]:
    best = max((grade for grade in grades if grade), default=0)
    return [(grade, grade == best and len(set(grades)) > 1) for grade in grades]


def latest_sheets(unit_ids: Collection[int]) -> QuerySet[ScoreSheet]:
    """Return each unit's submitted sheet of the latest day, with its grades."""
    rows = ScoreSheet.objects.submitted().filter(unit__in=list(unit_ids))
    latest = rows.order_by("unit_id", "-submitted_on", "-id").distinct("unit_id")
    scores = Score.objects.select_related("dimension")
    return latest.select_related("round", "round__criteria", "scorer").prefetch_related(
        Prefetch("scores", scores)
    )


def stages_of(unit: KeyAccount, *, is_evaluated: bool) -> list[tuple[Any, bool]]:
    """Return the steps of the selection with whether each was reached; one query."""
    surveyed = Observation.objects.filter(unit=unit).exists()
    now = stage_of(
        status=UnitStatus(unit.status),
        is_surveyed=surveyed,
        is_evaluated=is_evaluated,
        is_focus=unit.is_focus,
    )
    reached = list(Stage).index(now) if now else -1
    return [(STAGE_LABELS[stage], place <= reached) for place, stage in enumerate(Stage)]


def focus_history(unit: KeyAccount) -> QuerySet[FocusPeriod]:
    return FocusPeriod.objects.filter(unit=unit).select_related("started_by", "ended_by")
