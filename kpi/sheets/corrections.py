"""Appeals and corrections: what is sealed stays; an approved one opens the next revision beside it."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kam.approvals import services as approvals
from kam.approvals.registry import Effect
from kam.audit.services import record
from kam.core.errors import BusinessError
from kam.core.locks import locked
from kam.users.models import User
from kpi.sheets.models import Correction, Sheet
from kpi.sheets.services import next_revision
from kpi.sheets.terms import CorrectionState, SheetState

SUBJECT = "kpi_correction"


@transaction.atomic
def ask_correction(sheet: Sheet, *, reason: str, by: User) -> Correction:
    """Ask director and HR to open a closed sheet again."""
    row = locked(Sheet.objects.filter(pk=sheet.pk)).get()
    newer = Sheet.objects.live().of_period(row.period).filter(user=row.user_id, revision__gt=row.revision)
    if row.state != SheetState.CLOSED or newer.exists():
        raise BusinessError(_("Only the newest closed revision can be corrected."), code="not_closed")
    made = _returned_or_new(row, reason=reason, by=by)
    record("kpi.correction.asked", row, by=by, reason=reason)
    approvals.submit(SUBJECT, made, by=by)
    return made


def _returned_or_new(row: Sheet, *, reason: str, by: User) -> Correction:
    """Return the correction that was returned, with its new words, or a new one; two at once never."""
    back = Correction.objects.filter(sheet=row, state=CorrectionState.RETURNED, asked_by=by).first()
    if back is not None:
        back.reason, back.state = reason, CorrectionState.PENDING
        back.version += 1
        back.save(update_fields=["reason", "state", "version"])
        return back
    try:
        with transaction.atomic():
            return Correction.objects.create(sheet=row, reason=reason, asked_by=by)
    except IntegrityError as error:
        raise BusinessError(
            _("A correction of this sheet is being decided already."), code="taken"
        ) from error


def open_corrected(correction: Correction, by: User) -> None:
    """The last approval: open the next revision."""
    row = locked(Correction.objects.filter(pk=correction.pk)).get()
    row.made = next_revision(row.sheet)
    row.state = CorrectionState.APPROVED
    row.version += 1
    row.save(update_fields=["made", "state", "version"])
    record(
        "kpi.correction.approved",
        row.sheet,
        by=by,
        changes={"revision": (row.sheet.revision, row.made.revision)},
    )


def end_request(to: CorrectionState) -> Effect:
    """Return what happens when a correction is returned, rejected or withdrawn: nothing is opened."""

    def end(correction: Correction, by: User) -> None:
        row = locked(Correction.objects.filter(pk=correction.pk)).get()
        row.state = to
        row.version += 1
        row.save(update_fields=["state", "version"])
        record(f"kpi.correction.{to.value}", row.sheet, by=by)

    return end
