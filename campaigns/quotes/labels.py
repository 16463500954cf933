"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.quotes.terms import QuoteState, SpecialKind, SpecialState

STATE_LABELS = {
    QuoteState.OPEN: pgettext_lazy("quote", "Open"),
    QuoteState.AGREED: pgettext_lazy("quote", "Became a deal"),
    QuoteState.WITHDRAWN: pgettext_lazy("quote", "Withdrawn"),
}
SPECIAL_KIND_LABELS = {
    SpecialKind.PRICE: _("a price of its own"),
    SpecialKind.WINDOW: _("the offer outside its days"),
}
SPECIAL_LABELS = {
    SpecialState.PENDING: pgettext_lazy("special terms", "Waiting for approval"),
    SpecialState.RETURNED: pgettext_lazy("special terms", "Returned"),
    SpecialState.APPROVED: pgettext_lazy("special terms", "Approved"),
    SpecialState.REJECTED: pgettext_lazy("special terms", "Not approved"),
}
