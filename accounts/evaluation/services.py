"""The acts of an evaluation: open a round, score, submit, return, decide about the focus, close; replace the criteria."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from accounts.evaluation.models import EvaluationRound, FocusPeriod, Score, ScoreSheet
from accounts.evaluation.rules import is_above, missing_grades, needs_reason, points_of
from accounts.evaluation.selectors import criteria_on, facts_of
from accounts.evaluation.terms import Decision, RoundState, SheetState
from accounts.units.models import KeyAccount
from accounts.units.permissions import loses, sees_unit
from accounts.units.registry import Went
from accounts.units.services import lock_unit, mark_dirty
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.outbox.services import notify
from kam.users.models import User

MOST_UNITS = 500
STALE = _("Somebody changed this sheet meanwhile. Here is what it says now.")
_CLOSED = _("This round is closed.")


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """What a round is to be."""

    name: str
    first: date
    last: date
    due_on: date


@transaction.atomic
def open_round(plan: RoundPlan, units: Sequence[KeyAccount], *, by: User) -> EvaluationRound:
    """Open a round by the criteria in force today; each unit's owner scores it, `by` where nobody owns it."""
    if plan.last < plan.first:
        raise BusinessError(_("The period ends before it begins."), code="order", field="last")
    if plan.due_on < business_date():
        raise BusinessError(_("This day is past."), code="past", field="due_on")
    if not units:
        raise BusinessError(_("No unit of yours fits."), code="empty", field="tiers")
    if len(units) > MOST_UNITS:
        raise BusinessError(_("At most 500 units a round."), code="many", field="tiers")
    criteria = criteria_on(business_date())
    if criteria is None:
        raise BusinessError(_("There are no criteria in force."), code="criteria")
    made = EvaluationRound.objects.create(
        name=plan.name,
        first=plan.first,
        last=plan.last,
        due_on=plan.due_on,
        criteria=criteria,
        opened_by=by,
    )
    sheets = [ScoreSheet(round=made, unit=unit, scorer=unit.owner or by) for unit in units]
    ScoreSheet.objects.bulk_create(sheets)
    record("accounts.evaluation.opened", made, by=by, changes={"units": (None, len(sheets))})
    for scorer in {sheet.scorer for sheet in sheets} - {by}:
        _tell(scorer, made)
    return made


def _tell(scorer: User, made: EvaluationRound) -> None:
    with override(scorer.language):
        words = {"name": made.name, "day": made.due_on.isoformat()}
        text = gettext("Evaluation “%(name)s”: your score sheets are due by %(day)s.") % words
    key = f"evaluation:{made.pk}:{scorer.pk}"
    notify(key=key, to=scorer, kind="evaluation", text=text, url=made.get_absolute_url())


def _locked(sheet: ScoreSheet, version: int | None) -> ScoreSheet:
    """Return the sheet locked, its round after it; ConflictError where the page showed another state."""
    shown = locked(EvaluationRound.objects.filter(pk=sheet.round_id), no_key=True).get()
    row = locked(ScoreSheet.objects.filter(pk=sheet.pk)).get()
    row.round = shown
    if version is not None and row.version != version:
        raise ConflictError(STALE, code="stale")
    if shown.state != RoundState.RUNNING:
        raise BusinessError(_CLOSED, code="closed")
    return row


@transaction.atomic
def save_scores(
    sheet: ScoreSheet,
    grades: Mapping[str, int | None],
    *,
    comments: Mapping[str, str],
    comment: str,
    by: User,
    version: int | None = None,
    submit: bool = False,
) -> ScoreSheet:
    """Keep grades as a draft, or submit them: then every dimension has a grade, and the facts shown are frozen beside it."""
    row = _locked(sheet, version)
    if row.scorer_id != by.pk:
        raise BusinessError(_("Another person scores this unit."), code="scorer")
    if row.state == SheetState.SUBMITTED:
        raise ConflictError(STALE, code="stale")
    dimensions = list(row.round.criteria.dimensions.all())
    weights = {dimension.code: dimension.weight for dimension in dimensions}
    missing = missing_grades(grades, weights)
    if submit and missing:
        raise BusinessError(_("Give this dimension a grade."), code="grade", field=f"grade_{missing[0]}")
    known = facts_of([row.unit_id], dimensions, business_date())
    for dimension in dimensions:
        fact = known.get(dimension.hint, {}).get(row.unit_id)
        told = {
            "grade": grades.get(dimension.code),
            "comment": comments.get(dimension.code, "").strip()[:500],
            "evidence": fact.text[:500] if fact else "",
        }
        Score.objects.update_or_create(sheet=row, dimension=dimension, defaults=told)
    row.comment, row.state = comment.strip()[:2000], SheetState.DRAFT
    if submit:
        final = {code: grade for code, grade in grades.items() if grade is not None}
        row.points, row.state, row.submitted_on = (
            points_of(final, weights),
            SheetState.SUBMITTED,
            business_date(),
        )
        changes = {"points": (None, row.points)}
        record("accounts.evaluation.submitted", row, by=by, changes=changes, reason=comment[:300])
    _save(row, "comment", "state", "points", "submitted_on")
    return row


@transaction.atomic
def return_sheet(sheet: ScoreSheet, *, by: User, reason: str, version: int | None = None) -> ScoreSheet:
    """Give a submitted sheet back to its scorer as a draft, with the reason; a decided one stays."""
    row = _locked(sheet, version)
    if row.state != SheetState.SUBMITTED or row.decision:
        raise ConflictError(STALE, code="stale")
    if not reason.strip():
        raise BusinessError(_("Say why."), code="reason", field="reason")
    changes: dict[str, tuple[Any, Any]] = {"points": (row.points, None)}
    row.state, row.points, row.submitted_on = SheetState.DRAFT, None, None
    if not sees_unit(row.scorer, row.unit):  # the unit moved on after it was scored
        changes["scorer"], row.scorer = (row.scorer, _whose(row)), _whose(row)
    _save(row, "state", "points", "submitted_on", "scorer")
    record("accounts.evaluation.returned", row, by=by, changes=changes, reason=reason)
    with override(row.scorer.language):
        words = {"unit": row.unit.name, "reason": reason[:200]}
        text = gettext("Score sheet of %(unit)s returned: %(reason)s") % words
    key = f"evaluation:returned:{row.pk}:{row.version}"
    notify(key=key, to=row.scorer, kind="evaluation", text=text, url=row.get_absolute_url())
    return row


def _whose(sheet: ScoreSheet) -> User:
    """Return who scores a unit unless told otherwise: its owner, or who opened the round."""
    return sheet.unit.owner or sheet.round.opened_by


def follow_owner(unit: KeyAccount, former: User | None, by: User | None) -> list[Went]:
    """Give the open sheets of a unit (locked) to its new owner: those of the former one, and of whoever does not see the unit any more.

    Where nobody owned it, who opened the round scored it; nobody's again goes back to them.
    """
    went = []
    open_ones = ScoreSheet.objects.filter(unit=unit, round__state=RoundState.RUNNING)
    for sheet in (
        open_ones.exclude(state=SheetState.SUBMITTED)
        .select_related("scorer", "round__opened_by")
        .order_by("round")
    ):
        sheet.unit = unit
        before, to = sheet.scorer, _whose(sheet)
        if to.pk != before.pk and loses(before, unit, former or sheet.round.opened_by):
            change_scorer(sheet, scorer=to, by=by)
            went.append(Went(before, to))
    return went


@transaction.atomic
def change_scorer(sheet: ScoreSheet, *, scorer: User, by: User | None) -> ScoreSheet:
    """Let another person score the unit; what was drafted stays on the sheet."""
    row = _locked(sheet, None)
    if row.state == SheetState.SUBMITTED:
        raise BusinessError(_("This sheet is submitted already."), code="submitted")
    if row.scorer_id == scorer.pk:
        raise BusinessError(_("This person scores it already."), code="same", field="scorer")
    changes = {"scorer": (row.scorer, scorer)}
    row.scorer = scorer
    _save(row, "scorer")
    record("accounts.evaluation.scorer_changed", row, by=by, changes=changes)
    _tell(scorer, row.round)
    return row


@transaction.atomic
def decide(
    sheet: ScoreSheet, *, focus: bool, by: User, reason: str = "", version: int | None = None
) -> ScoreSheet:
    """Take the unit into the focus or not; against the line only with a reason. Its time in focus begins or ends with it."""
    unit = lock_unit(sheet.unit_id)
    row = _locked(sheet, version)
    if row.points is None or row.decision:
        raise ConflictError(STALE, code="stale")
    reason = reason.strip()[:300]
    if needs_reason(row.points, row.round.criteria.line, focus=focus) and not reason:
        raise BusinessError(
            _("Say why: the points stand on the other side of the line."), code="reason", field="reason"
        )
    row.decision = Decision.FOCUS if focus else Decision.NOT
    row.decided_by, row.decided_on, row.reason = by, business_date(), reason
    _save(row, "decision", "decided_by", "decided_on", "reason")
    record("accounts.evaluation.decided", row, by=by, changes={"decision": ("", row.decision)}, reason=reason)
    if unit.is_focus != focus:
        _set_focus(unit, focus=focus, by=by, reason=reason or str(row.round), sheet=row)
    return row


@transaction.atomic
def end_focus(unit: KeyAccount, *, by: User, reason: str, version: int | None = None) -> KeyAccount:
    """Take a unit out of the focus between rounds, with the reason. Into the focus leads only a score sheet (S-029)."""
    row = lock_unit(unit.pk, version=version)
    if not row.is_focus:
        raise BusinessError(_("The unit is not in focus."), code="same")
    if not reason.strip():
        raise BusinessError(_("Say why."), code="reason", field="reason")
    _set_focus(row, focus=False, by=by, reason=reason.strip()[:300], sheet=None)
    return row


def _set_focus(unit: KeyAccount, *, focus: bool, by: User, reason: str, sheet: ScoreSheet | None) -> None:
    today = business_date()
    if focus:
        FocusPeriod.objects.create(unit=unit, sheet=sheet, started_on=today, started_by=by, reason=reason)
    else:
        for period in locked(FocusPeriod.objects.filter(unit=unit, ended_on__isnull=True)):
            period.ended_on, period.ended_by, period.end_reason = today, by, reason
            period.save(update_fields=["ended_on", "ended_by", "end_reason"])
    unit.is_focus = focus
    unit.version += 1
    unit.save(update_fields=["is_focus", "version"])
    record(
        "accounts.unit.focus_changed", unit, by=by, changes={"is_focus": (not focus, focus)}, reason=reason
    )
    mark_dirty(unit.pk)


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of one sheet: decided, or why not."""

    sheet: ScoreSheet
    problem: str = ""


def decide_by_line(sheets: Sequence[ScoreSheet], *, by: User, reason: str = "") -> list[Decided]:
    """Decide each as its points stand to the line, each in its own transaction; one refusal does not hinder the others."""
    results = []
    for sheet in sorted(sheets, key=lambda row: row.unit_id):
        focus = sheet.points is not None and is_above(sheet.points, sheet.round.criteria.line)
        try:
            decide(sheet, focus=focus, by=by, reason=reason, version=sheet.version)
        except BusinessError as error:
            results.append(Decided(sheet, str(error)))
        else:
            results.append(Decided(sheet))
    return results


@transaction.atomic
def close_round(shown: EvaluationRound, *, by: User, version: int | None = None) -> EvaluationRound:
    """Close a round: nothing in it changes any more. Refused while submitted sheets wait for a decision."""
    row = locked(EvaluationRound.objects.filter(pk=shown.pk)).get()
    if version is not None and row.version != version:
        raise ConflictError(STALE, code="stale")
    if row.state != RoundState.RUNNING:
        raise BusinessError(_CLOSED, code="closed")
    waiting = ScoreSheet.objects.submitted().filter(round=row, decision="").count()
    if waiting:
        raise BusinessError(
            _("%(n)s submitted sheets still wait for a decision about the focus.") % {"n": waiting},
            code="undecided",
        )
    missing = ScoreSheet.objects.filter(round=row).exclude(state=SheetState.SUBMITTED).count()
    row.state, row.closed_by, row.closed_on = RoundState.CLOSED, by, business_date()
    row.version += 1
    row.save(update_fields=["state", "closed_by", "closed_on", "version"])
    changes: dict[str, tuple[Any, Any]] = {"state": ("running", "closed"), "not_scored": (None, missing)}
    record("accounts.evaluation.closed", row, by=by, changes=changes)
    return row


def _save(row: ScoreSheet, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=[*fields, "version"])
