"""The acts on score sheets: open, review, assess, comment, submit, sign; closing stands in closing.py, corrections in corrections.py."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kam.approvals import services as approvals
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.periods import Period
from kam.core.sentences import listed
from kam.core.transitions import ensure_transition
from kam.users.models import User
from kam.users.scopes import know_scopes
from kpi.measures.rules import periods_holding
from kpi.schemes.selectors import schemes_on
from kpi.scoring.registry import indicator
from kpi.scoring.terms import Result
from kpi.sheets.models import Comment, Grade, Sheet, Waiver
from kpi.sheets.rules import open_lines
from kpi.sheets.selectors import holder_key_of, shown, to_be_scored
from kpi.sheets.terms import OPEN_STATES, SHEET_TRANSITIONS, SheetState

SUBJECT = "kpi_sheet"


@transaction.atomic
def open_sheets(period: Period) -> int:
    """Open the sheets of a month, quarter or year that are not there yet; return how many. A second run opens none."""
    there = set(Sheet.objects.of_period(period).values_list("user_id", flat=True))
    missing = [user for user in to_be_scored(period) if user.pk not in there]
    know_scopes(missing)
    made = [
        Sheet(
            user=user,
            position=user.position,
            first_day=period.first,
            last_day=period.last,
            holder_key=holder_key_of(user),
        )
        for user in missing
    ]
    return len(Sheet.objects.bulk_create(made, ignore_conflicts=True))


def open_running() -> int:
    """Open the sheets of the running month, quarter and year, for the scheduler."""
    return sum(open_sheets(period) for period in periods_holding(business_date()))


@transaction.atomic
def review_self(sheet: Sheet, *, text: str, version: int, by: User) -> Sheet:
    """Keep what the person says about the period."""
    row = _at(sheet, version)
    if row.state not in {SheetState.DRAFT, SheetState.RETURNED}:
        raise BusinessError(_("This sheet is with the assessors already."), code="not_open")
    before, row.self_review = row.self_review, text
    _save(row, "self_review")
    record("kpi.sheet.reviewed", row, by=by, changes={"self_review": (before, text)})
    return row


@transaction.atomic
def rate(sheet: Sheet, *, grades: Mapping[str, tuple[int, str]], version: int, by: User) -> Sheet:
    """Give grades with their evidence: indicator → (grade, evidence); given again, the newer one counts."""
    row = _open_at(sheet, version)
    for key, (grade, evidence) in grades.items():
        if indicator(key).result is not Result.RATING or key not in _keys_of(row):
            raise BusinessError(_("This line is measured, not rated."), code="not_rated")
        Grade.objects.create(sheet=row, indicator=key, grade=grade, evidence=evidence, by=by)
    _save(row)
    changes = {key: (None, grade) for key, (grade, _evidence) in grades.items()}
    record("kpi.sheet.rated", row, by=by, changes=changes)
    return row


@transaction.atomic
def waive(sheet: Sheet, *, key: str, reason: str, version: int, by: User) -> Sheet:
    """Leave out a line that cannot be assessed; its weight is shared out over the others."""
    row = _open_at(sheet, version)
    if key not in open_lines(shown(row).result):
        raise BusinessError(
            _("This line can be assessed, so it is not waived."), code="assessable", field="indicator"
        )
    Waiver.objects.create(sheet=row, indicator=key, reason=reason, by=by)
    _save(row)
    record("kpi.sheet.waived", row, by=by, changes={"indicator": (None, key)}, reason=reason)
    return row


@transaction.atomic
def comment(sheet: Sheet, *, text: str, key: str = "", by: User) -> Comment:
    """Say something about a line, or about the whole sheet."""
    row = locked(Sheet.objects.filter(pk=sheet.pk)).get()
    if row.is_over:
        raise BusinessError(_("This sheet is closed."), code="closed")
    made = Comment.objects.create(sheet=row, indicator=key, text=text, by=by)
    record("kpi.sheet.commented", row, by=by, changes={"indicator": (None, key), "text": (None, text)})
    return made


@transaction.atomic
def submit_sheet(sheet: Sheet, *, version: int, by: User, today: date | None = None) -> Sheet:
    """Hand the sheet to the assessors, with the self-review, when its last day is over."""
    row = _at(sheet, version)
    if not row.has_ended(today or business_date()):
        raise BusinessError(_("This period is not over yet."), code="running")
    if not row.self_review.strip():
        raise BusinessError(_("Write your self-review first."), code="no_review", field="self_review")
    _move(row, SheetState.PENDING, by=by)
    approvals.submit(SUBJECT, row, by=by)
    return row


def agree_sheet(sheet: Sheet, by: User) -> None:
    """The last approval: the sheet waits for the closing of its period. Refused while a line has neither points nor a waiver."""
    row = locked(Sheet.objects.filter(pk=sheet.pk)).get()
    result = shown(row).result
    left = open_lines(result)
    if not left and not result["is_whole"]:
        raise BusinessError(_("Every line is left out: there is nothing to score."), code="nothing_left")
    if left:
        words = _("These lines have no points yet: %(lines)s. Rate or waive them first.")
        raise BusinessError(
            words % {"lines": listed(str(indicator(key).label) for key in left)}, code="open_lines"
        )
    _move(row, SheetState.AGREED, by=by)


def return_sheet(sheet: Sheet, by: User) -> None:
    """Give the sheet back to the person."""
    _move(locked(Sheet.objects.filter(pk=sheet.pk)).get(), SheetState.RETURNED, by=by)


def start_over(sheet: Sheet, by: User) -> None:
    """A rejected or withdrawn sheet is void; a new revision takes its place, with what was given before."""
    row = locked(Sheet.objects.filter(pk=sheet.pk)).get()
    _move(row, SheetState.VOID, by=by)
    next_revision(row)


def next_revision(row: Sheet) -> Sheet:
    """Return a fresh revision of a sheet with its grades and waivers."""
    made = Sheet.objects.create(
        user_id=row.user_id,
        position=row.position,
        first_day=row.first_day,
        last_day=row.last_day,
        holder_key=row.holder_key,
        revision=row.revision + 1,
        self_review=row.self_review,
    )
    for grade in row.grades.all():
        Grade.objects.create(
            sheet=made,
            indicator=grade.indicator,
            grade=grade.grade,
            evidence=grade.evidence,
            by_id=grade.by_id,
        )
    for waiver in row.waivers.all():
        Waiver.objects.create(
            sheet=made, indicator=waiver.indicator, reason=waiver.reason, by_id=waiver.by_id
        )
    return made


@transaction.atomic
def sign(sheet: Sheet, *, by: User) -> Sheet:
    """The person has read the closed sheet."""
    row = locked(Sheet.objects.filter(pk=sheet.pk)).get()
    if row.state != SheetState.CLOSED or row.signed_at is not None:
        raise ConflictError(_("This sheet is signed already, or not closed yet."), code="not_to_sign")
    row.signed_at = timezone.now()
    _save(row, "signed_at")
    record("kpi.sheet.signed", row, by=by)
    return row


def _keys_of(row: Sheet) -> set[str]:
    scheme = schemes_on(row.first_day).get(row.position)
    return {line.indicator for line in scheme.lines.all()} if scheme else set()


def _open_at(sheet: Sheet, version: int) -> Sheet:
    row = _at(sheet, version)
    if row.state not in OPEN_STATES:
        raise BusinessError(_("This sheet is agreed or closed."), code="not_open")
    return row


def _at(sheet: Sheet, version: int) -> Sheet:
    row = locked(Sheet.objects.filter(pk=sheet.pk)).get()
    if row.version != version:
        raise ConflictError(_("Somebody changed this sheet meanwhile."), code="stale")
    return row


def _move(row: Sheet, to: SheetState, *, by: User) -> None:
    before = SheetState(row.state)
    ensure_transition(before, to, SHEET_TRANSITIONS)
    row.state = to
    _save(row, "state")
    record(f"kpi.sheet.{to.value}", row, by=by, changes={"state": (before, to)})


def _save(row: Sheet, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=[*fields, "version"])
