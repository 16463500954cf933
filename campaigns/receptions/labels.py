"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import pgettext_lazy

from campaigns.receptions.terms import ExcessState, ReceptionState

STATE_LABELS = {
    ReceptionState.PENDING: pgettext_lazy("reception", "Waiting for approval"),
    ReceptionState.RETURNED: pgettext_lazy("reception", "Returned for changes"),
    ReceptionState.APPROVED: pgettext_lazy("reception", "Approved, report to come"),
    ReceptionState.REPORTED: pgettext_lazy("reception", "Reported"),
    ReceptionState.CANCELLED: pgettext_lazy("reception", "Cancelled"),
    ReceptionState.REJECTED: pgettext_lazy("reception", "Rejected"),
    ReceptionState.WITHDRAWN: pgettext_lazy("reception", "Withdrawn"),
}
EXCESS_LABELS = {
    ExcessState.PENDING: pgettext_lazy("excess", "Waits for the general manager"),
    ExcessState.RETURNED: pgettext_lazy("excess", "To be explained again"),
    ExcessState.ACCEPTED: pgettext_lazy("excess", "Accepted"),
    ExcessState.REJECTED: pgettext_lazy("excess", "Not accepted"),
    ExcessState.WITHDRAWN: pgettext_lazy("excess", "Explanation withdrawn"),
}
