"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.qualification.terms import Axis, Level, ProposalState

AXIS_LABELS = {Axis.VALUE: _("Value to us"), Axis.POTENTIAL: _("Potential")}
LEVEL_LABELS = {
    Level.LOW: pgettext_lazy("level", "low"),
    Level.MEDIUM: pgettext_lazy("level", "medium"),
    Level.HIGH: pgettext_lazy("level", "high"),
}
STATE_LABELS = {
    ProposalState.OPEN: pgettext_lazy("proposal", "Open"),
    ProposalState.CONFIRMED: pgettext_lazy("proposal", "Confirmed"),
    ProposalState.REJECTED: pgettext_lazy("proposal", "Rejected"),
    ProposalState.OVERTAKEN: pgettext_lazy("proposal", "Overtaken"),
}
#: What is wrong with drafted rules of the tiers.
RULES_PROBLEMS = {
    "steps": _("Four figures, none below the one before."),
    "weights": _("The weights of an axis add up to 100."),
    "levels": _("High lies above medium, both between 0 and 100."),
    "percent": _("A percentage from 0 to 100."),
    "matrix": _("More value or more potential never leads to a lower tier."),
}
