"""The acts on job sheets: begin a version, write it, hand it in, what the decision does. Approved versions stay for ever."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kam.approvals import services as approvals
from kam.approvals.models import Decision, Request
from kam.approvals.selectors import request_for
from kam.approvals.terms import Action
from kam.audit.services import changed_fields, record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.sentences import listed
from kam.core.transitions import ensure_transition
from kam.job_sheets.labels import PART_LABELS
from kam.job_sheets.models import JobSheet, JobSheetText
from kam.job_sheets.rules import lacking, signers
from kam.job_sheets.selectors import shipped_texts, texts_of
from kam.job_sheets.terms import LANGUAGES, SHEET_MOVES, Part, SheetState
from kam.users.models import User

SUBJECT = "job_sheet"


@transaction.atomic
def begin_version(subject: str, *, by: User) -> JobSheet:
    """Begin the next version: from the text in force, else from the company's book, else blank. One unfinished one at a time."""
    rows = list(locked(JobSheet.objects.filter(subject=subject)).order_by("-number"))
    before = next((row for row in rows if row.state == SheetState.APPROVED), None)
    texts = texts_of(before) if before else shipped_texts().get(subject, {})
    sheet = JobSheet(
        subject=subject,
        number=rows[0].number + 1 if rows else 1,
        prepared_by=by,
        prepared_on=business_date(),
    )
    try:
        with transaction.atomic():
            sheet.save()
    except IntegrityError as error:
        raise ConflictError(
            _("A new version of this sheet is being written already."), code="unfinished"
        ) from error
    JobSheetText.objects.bulk_create(
        JobSheetText(sheet=sheet, language=language, **texts.get(language, {})) for language in LANGUAGES
    )
    record("job_sheets.sheet.begun", sheet, by=by, changes={"number": (None, sheet.number)})
    return sheet


def _lock(sheet: JobSheet, version: int | None = None) -> JobSheet:
    row = locked(JobSheet.objects.filter(pk=sheet.pk)).get()
    if version is not None and row.version != version:
        raise ConflictError(_("Somebody changed this sheet meanwhile. Look at it again."), code="stale")
    return row


def _open(sheet: JobSheet, version: int | None) -> JobSheet:
    row = _lock(sheet, version)
    if not row.is_open:
        raise BusinessError(_("This version is handed in or decided; begin a new one."), code="state")
    return row


@transaction.atomic
def write_text(
    sheet: JobSheet, language: str, values: Mapping[str, str], *, note: str, by: User, version: int | None
) -> JobSheet:
    """Write the boxes of one language; only in a draft, or one that was returned."""
    row = _open(sheet, version)
    text = JobSheetText.objects.get(sheet=row, language=language)
    told = {part.value: values[part] for part in Part}
    changes = changed_fields(text, told)
    for name, value in told.items():
        setattr(text, name, value)
    text.save(update_fields=list(told))
    said = {f"{name} ({language})": pair for name, pair in changes.items()}
    said |= changed_fields(row, {"change_note": note})
    row.change_note = note
    _save(row, "change_note")
    record("job_sheets.sheet.written", row, by=by, changes=said)
    return row


@transaction.atomic
def hand_in(sheet: JobSheet, *, by: User, version: int | None = None) -> Request:
    """Hand a version in; whoever does has prepared it. Refused while a language lacks what every sheet needs."""
    row = _open(sheet, version)
    if missing := lacking(row.subject, texts_of(row)):
        words = listed(f"{PART_LABELS[part]} ({language})" for language, part in missing)
        raise BusinessError(_("Still to be written: %(words)s.") % {"words": words}, code="lacking")
    row.prepared_by, row.prepared_on = by, business_date()
    _move(row, SheetState.PENDING, "prepared_by", "prepared_on", by=by)
    return approvals.submit(SUBJECT, row, by=by)


@transaction.atomic
def discard(sheet: JobSheet, *, by: User, version: int | None = None) -> JobSheet:
    """Give a version up that was never handed in, or was returned; it stays in the list as withdrawn."""
    row = _open(sheet, version)
    if row.state == SheetState.RETURNED:
        approvals.withdraw_for(SUBJECT, row, by=by, reason=gettext("The new version was given up."))
        return _lock(row)
    _move(row, SheetState.WITHDRAWN, by=by)
    return row


def _save(sheet: JobSheet, *fields: str) -> None:
    sheet.version += 1
    sheet.save(update_fields=[*fields, "version"])


def _move(sheet: JobSheet, to: SheetState, *fields: str, by: User) -> None:
    before = SheetState(sheet.state)
    ensure_transition(before, to, SHEET_MOVES)
    sheet.state = to
    _save(sheet, "state", *fields)
    record(f"job_sheets.sheet.{to.value}", sheet, by=by, changes={"state": (before.value, to.value)})


@transaction.atomic
def approve_sheet(sheet: JobSheet, by: User) -> None:
    """Put a version in force from today, with the names and days of those who reviewed and approved it."""
    row = _lock(sheet)
    request = request_for(SUBJECT, row)
    said_yes = Decision.objects.filter(
        request=request, round__number=request.round_number if request else 0, action=Action.APPROVE
    ).order_by("pk")
    decided = {decision.person_id: decision for decision in said_yes}
    reviewer, approver = signers(list(decided))
    if approver is None:
        raise BusinessError(_("Nobody has approved this."), code="no_decision")
    today = business_date()
    row.reviewed_by_id = reviewer
    row.reviewed_on = business_date(decided[reviewer].at) if reviewer else None
    row.approved_by_id, row.approved_on = approver, today
    _move(row, SheetState.APPROVED, "reviewed_by", "reviewed_on", "approved_by", "approved_on", by=by)


def end_request(state: SheetState) -> Any:
    """Return what follows when the request ended in `state` without approval."""

    @transaction.atomic
    def effect(sheet: JobSheet, by: User) -> None:
        _move(_lock(sheet), state, by=by)

    return effect
