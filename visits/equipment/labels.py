"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from visits.equipment.terms import LoanState

STATE_LABELS = {
    LoanState.PENDING: pgettext_lazy("loan", "Waiting for approval"),
    LoanState.SENT_BACK: pgettext_lazy("loan", "Returned for changes"),
    LoanState.APPROVED: pgettext_lazy("loan", "Approved, to be handed out"),
    LoanState.OUT: pgettext_lazy("loan", "Handed out"),
    LoanState.BACK: pgettext_lazy("loan", "Given back"),
    LoanState.CANCELLED: pgettext_lazy("loan", "Cancelled"),
    LoanState.REJECTED: pgettext_lazy("loan", "Rejected"),
    LoanState.WITHDRAWN: pgettext_lazy("loan", "Withdrawn"),
}
PROBLEMS = {
    "purpose": _("Say what it is for."),
    "past": _("This day has passed."),
    "order": _("The last day lies before the first."),
    "long": _("A loan lasts 60 days at most; ask again for more."),
}
