"""What the words of score sheets are called."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kpi.sheets.terms import CorrectionState, SheetState

STATE_LABELS = {
    SheetState.DRAFT: pgettext_lazy("score sheet", "Running"),
    SheetState.PENDING: _("Waiting for approval"),
    SheetState.RETURNED: _("Returned for changes"),
    SheetState.AGREED: pgettext_lazy("score sheet", "Agreed"),
    SheetState.CLOSED: pgettext_lazy("score sheet", "Closed"),
    SheetState.VOID: pgettext_lazy("score sheet", "Void"),
}
CORRECTION_LABELS = {
    CorrectionState.PENDING: _("Waiting for approval"),
    CorrectionState.APPROVED: _("Approved"),
    CorrectionState.RETURNED: _("Returned for changes"),
    CorrectionState.REJECTED: _("Rejected"),
    CorrectionState.WITHDRAWN: _("Withdrawn"),
}
