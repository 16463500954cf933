"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.purchases.terms import Lack, PurchaseState

STATE_LABELS = {
    PurchaseState.DRAFT: pgettext_lazy("purchase", "Draft"),
    PurchaseState.PENDING: pgettext_lazy("purchase", "Waiting for approval"),
    PurchaseState.APPROVED: pgettext_lazy("purchase", "Approved, to be bought"),
    PurchaseState.RECEIVED: pgettext_lazy("purchase", "Received, to be paid"),
    PurchaseState.PAID: pgettext_lazy("purchase", "Paid"),
    PurchaseState.CANCELLED: pgettext_lazy("purchase", "Cancelled"),
    PurchaseState.REJECTED: pgettext_lazy("purchase", "Rejected"),
    PurchaseState.WITHDRAWN: pgettext_lazy("purchase", "Withdrawn"),
}
LACKS = {
    Lack.PLAN: _(
        "Write the plan: what, how many, for what, from when. Only an urgent purchase goes without."
    ),
    Lack.CHOICE: _("Add an offer and choose one."),
    Lack.OFFERS: _("From %(from)s yuan on it takes %(count)s offers, unless it is urgent."),
    Lack.REASON: _("The chosen offer is not the cheapest: say why with it."),
}
