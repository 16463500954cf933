"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.complaints.terms import Agreement, ComplaintKind, ComplaintState, Severity, StepKind, Verdict

KIND_LABELS = {
    ComplaintKind.QUALITY: pgettext_lazy("complaint", "Quality"),
    ComplaintKind.DELIVERY: pgettext_lazy("complaint", "Delivery and handing over"),
    ComplaintKind.SERVICE: pgettext_lazy("complaint", "Service"),
    ComplaintKind.PRICE: pgettext_lazy("complaint", "Price and contract"),
    ComplaintKind.OTHER: pgettext_lazy("complaint", "Something else"),
}
SEVERITY_LABELS = {
    Severity.SEVERE: pgettext_lazy("complaint", "Severe"),
    Severity.OTHER: pgettext_lazy("complaint", "Ordinary"),
}
STATE_LABELS = {
    ComplaintState.RECEIVED: pgettext_lazy("complaint", "Received"),
    ComplaintState.INVESTIGATING: pgettext_lazy("complaint", "Investigating"),
    ComplaintState.AGREED: pgettext_lazy("complaint", "Solution agreed"),
    ComplaintState.RESOLVED: pgettext_lazy("complaint", "Resolved"),
    ComplaintState.CLOSED: pgettext_lazy("complaint", "Closed"),
}
STATE_TONES = {
    ComplaintState.RECEIVED: "warn",
    ComplaintState.INVESTIGATING: "pending",
    ComplaintState.AGREED: "pending",
    ComplaintState.RESOLVED: "good",
    ComplaintState.CLOSED: "draft",
}
VERDICT_LABELS = {
    Verdict.UNDECIDED: pgettext_lazy("complaint", "Not judged yet"),
    Verdict.VALID: pgettext_lazy("complaint", "Valid"),
    Verdict.INVALID: pgettext_lazy("complaint", "Not valid"),
}
AGREEMENT_LABELS = {
    Agreement.NOT_ASKED: pgettext_lazy("complaint", "Not asked yet"),
    Agreement.AGREES: pgettext_lazy("complaint", "Agrees"),
    Agreement.DISAGREES: pgettext_lazy("complaint", "Does not agree"),
}
STEP_LABELS = {
    StepKind.AFTER_SALES: _("Service after the sale"),
    StepKind.CRISIS: _("Handling of a crisis"),
}
PROBLEMS = {
    "transition_refused": _("A complaint cannot go from “%(old)s” to “%(new)s”."),
    "verdict": _("First a manager or the director judges whether the complaint is valid."),
    "not_resolved": _("A valid complaint is closed only after it was resolved."),
    "solution": _("Say which solution the customer agreed to."),
    "resolution": _("Say what was done."),
    "reason": _("Say what the customer does not agree with."),
}
