"""Labels of the words in terms.py, and what a rule says, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.agreements.terms import AgreementState

STATE_LABELS = {
    AgreementState.COMING: pgettext_lazy("agreement", "Begins later"),
    AgreementState.IN_FORCE: pgettext_lazy("agreement", "In force"),
    AgreementState.ENDING: pgettext_lazy("agreement", "Agreement ends"),
    AgreementState.RENEWED: pgettext_lazy("agreement", "Renewed"),
    AgreementState.EXPIRED: pgettext_lazy("agreement", "Expired"),
    AgreementState.ENDED: pgettext_lazy("agreement", "Ended early"),
}
PROBLEMS = {
    "order": _("The last day lies before the first."),
    "future": _("This day is still to come."),
    "overlap": _("The renewal begins after the last day of what it renews."),
    "outside": _("It is ended on a day on which it is in force."),
}
