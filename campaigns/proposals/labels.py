"""Labels of the words in terms.py, and what a rule says, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.proposals.terms import ProposalState

STATE_LABELS = {
    ProposalState.OPEN: pgettext_lazy("to a customer", "Open"),
    ProposalState.ACCEPTED: pgettext_lazy("proposal", "Accepted"),
    ProposalState.DECLINED: pgettext_lazy("proposal", "Declined"),
}
PROBLEMS = {
    "future": _("This day is still to come."),
    "before": _("This version was not written yet on that day."),
    "nobody": _("Name at least one person who saw it."),
    "unseen": _("Nobody answers what was never presented."),
    "early": _("It was presented later than that."),
}
