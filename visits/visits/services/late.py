"""A late entry counts only once the manager accepted it (12-decisions, 8 and 23)."""

from django.db import transaction
from django.utils.translation import gettext as _

from kam.approvals import services as approvals
from kam.audit.services import record
from kam.core.errors import BusinessError
from kam.core.locks import locked
from kam.users.models import User
from visits.visits.models import Visit
from visits.visits.registry import is_month_closed

LATE_SUBJECT = "late_entry"


def ask_for_late_entry(visit: Visit, *, by: User) -> None:
    """Put a late entry before the manager; called in the transaction that records the visit."""
    approvals.submit(LATE_SUBJECT, visit, by=by)


@transaction.atomic
def accept_late_entry(visit: Visit, by: User) -> None:
    """Let the visit count for its day."""
    row = locked(Visit.objects.filter(pk=visit.pk)).get()
    if is_month_closed(row.user_id, row.on):
        raise BusinessError(
            _("The scores of that month are closed: the visit stays on record and counts no more."),
            code="month_closed",
        )
    row.business_date = row.on
    row.version += 1
    row.save(update_fields=["business_date", "version"])
    record("visits.visit.late_accepted", row, by=by, changes={"business_date": (None, row.on)})


@transaction.atomic
def refuse_late_entry(visit: Visit, by: User) -> None:
    """The visit stays on record and counts for nothing."""
    row = locked(Visit.objects.filter(pk=visit.pk)).get()
    before, row.business_date = row.business_date, None
    row.version += 1
    row.save(update_fields=["business_date", "version"])
    record("visits.visit.late_refused", row, by=by, changes={"business_date": (before, None)})
