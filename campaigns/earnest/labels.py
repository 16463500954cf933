"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.earnest.terms import BuyerKind, CallOutcome, EarnestState

KIND_LABELS = {
    BuyerKind.GROUP: _("Group buyer"),
    BuyerKind.ORDINARY: _("Ordinary buyer"),
}
STATE_LABELS = {
    EarnestState.NOTED: _("Not paid yet"),
    EarnestState.RECEIVED: pgettext_lazy("earnest money", "Received"),
    EarnestState.REFUND_ASKED: _("Refund asked for"),
    EarnestState.REFUNDED: pgettext_lazy("earnest money", "Refunded"),
    EarnestState.DROPPED: _("Never paid"),
}
OUTCOME_LABELS = {
    CallOutcome.CALLED: pgettext_lazy("choosing", "Called"),
    CallOutcome.CHOSEN: pgettext_lazy("choosing", "Has chosen"),
    CallOutcome.PASSED: _("Did not come"),
    CallOutcome.GIVEN_BACK: _("Choice given back"),
}
