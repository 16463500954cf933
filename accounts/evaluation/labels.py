"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.evaluation.terms import Decision, RoundState, SheetState, Stage

ROUND_LABELS = {
    RoundState.RUNNING: pgettext_lazy("round", "Running"),
    RoundState.CLOSED: pgettext_lazy("round", "Closed"),
}
SHEET_LABELS = {
    SheetState.OPEN: pgettext_lazy("sheet", "Not begun"),
    SheetState.DRAFT: pgettext_lazy("sheet", "Draft"),
    SheetState.SUBMITTED: pgettext_lazy("sheet", "Submitted"),
}
DECISION_LABELS = {
    Decision.FOCUS: pgettext_lazy("evaluation", "Focus"),
    Decision.NOT: pgettext_lazy("evaluation", "Not selected"),
}
STAGE_LABELS = {
    Stage.SURVEYED: _("Surveyed"),
    Stage.TARGETED: _("Targeted"),
    Stage.NEGOTIATING: _("Negotiating"),
    Stage.EVALUATED: _("Evaluated"),
    Stage.FOCUS: _("In focus"),
}
#: Names of the dimensions that the department starts with, as heads of columns.
DIMENSION_LABELS = {
    "purchasing_power": _("Purchasing power"),
    "intention": _("Purchase intention and sincerity"),
    "size": pgettext_lazy("dimension", "Size"),
    "access": _("Access: key persons reached"),
    "fit": _("Fit with what we sell"),
    "competition": _("Competition"),
}
PROBLEMS = {
    "line": _("The line lies above 0 and not above 100."),
    "twice": _("Two dimensions have the same code."),
    "weights": _("The weights add up to 100."),
    "weight": _("A dimension weighs at least 1."),
    "rubric": _("Five lines in each language, from grade 1 to grade 5."),
}
