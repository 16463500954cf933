"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.deals.terms import AdjustmentKind, CrossingKind, DealState, LossDecision

STATE_LABELS = {
    DealState.AGREED: pgettext_lazy("deal", "Agreed"),
    DealState.SIGNED: pgettext_lazy("deal", "Signed"),
    DealState.CANCELLED: pgettext_lazy("deal", "Cancelled"),
}
CROSSING_LABELS = {
    CrossingKind.REACHED: _("number reached"),
    CrossingKind.LOST: _("number lost"),
}
DECISION_LABELS = {
    LossDecision.OPEN: _("to be decided"),
    LossDecision.KEPT: _("kept"),
    LossDecision.ASKED: _("charge-back waits for approval"),
    LossDecision.CHARGED_BACK: _("charged back"),
}
ADJUSTMENT_LABELS = {
    AdjustmentKind.CREDIT: _("Credit"),
    AdjustmentKind.CHARGE_BACK: _("Charge-back"),
}
