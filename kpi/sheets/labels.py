"""What the words of score sheets are called."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kpi.sheets.terms import CorrectionState, Evidence, SheetState

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
EVIDENCE_TEXTS = {
    Evidence.TRAININGS: _("trainings attended: %(kept)s of %(of)s"),
    Evidence.TESTS: _("test results: %(kept)s of %(of)s"),
    Evidence.ARTICLES: _("articles read: %(kept)s of %(of)s"),
    Evidence.PROMISES: _("suggestions, complaints and support settled in time: %(kept)s of %(of)s"),
    Evidence.WRITTEN: _("articles and cases written: %(kept)s, all that is asked are %(of)s"),
    Evidence.ADOPTED: _("customers’ suggestions adopted: %(kept)s of %(of)s that were settled"),
}
