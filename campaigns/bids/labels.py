"""Labels of the words in terms.py, and what a rule says, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.bids.terms import BidState, Duty

STATE_LABELS = {
    BidState.PREPARING: pgettext_lazy("bid", "Documents in preparation"),
    BidState.READY: pgettext_lazy("bid", "Documents ready"),
    BidState.DELIVERED: pgettext_lazy("bid", "Delivered"),
    BidState.WON: pgettext_lazy("bid", "Won"),
    BidState.LOST: pgettext_lazy("bid", "Lost"),
    BidState.WITHDRAWN: pgettext_lazy("bid", "Withdrawn"),
}
DUTY_LABELS = {
    Duty.DOCUMENTS: _("documents to be ready"),
    Duty.DELIVER: _("to be delivered"),
    Duty.RESULT: _("ask for the result"),
}
PROBLEMS = {
    "future": _("This day is still to come."),
    "past": _("The bids were opened on that day already."),
    "late": _("It is delivered before the bids are opened."),
    "early": _("The bids are not opened yet."),
    "winner": _("Say who won, as far as you know."),
}
