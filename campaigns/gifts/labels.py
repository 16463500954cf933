"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.gifts.terms import GiftState, Occasion, StockKind

OCCASION_LABELS = {
    Occasion.FESTIVAL: _("Festival"),
    Occasion.BIRTHDAY: _("Birthday"),
    Occasion.VISIT: pgettext_lazy("occasion", "Visit"),
    Occasion.BRIEFING: pgettext_lazy("occasion", "Product briefing"),
    Occasion.PHASE: _("Phase of a campaign"),
    Occasion.THANKS: _("Thanks to an old customer"),
    Occasion.OTHER: _("Other occasion"),
}
STATE_LABELS = {
    GiftState.PENDING: pgettext_lazy("gift", "Waiting for approval"),
    GiftState.RETURNED: pgettext_lazy("gift", "Returned for changes"),
    GiftState.APPROVED: pgettext_lazy("gift", "Approved"),
    GiftState.ISSUED: pgettext_lazy("gift", "Taken from stock"),
    GiftState.HANDED_OVER: pgettext_lazy("gift", "Handed over"),
    GiftState.ACKNOWLEDGED: pgettext_lazy("gift", "Acknowledged"),
    GiftState.CANCELLED: pgettext_lazy("gift", "Cancelled"),
    GiftState.TAKEN_BACK: pgettext_lazy("gift", "Taken back"),
    GiftState.REJECTED: pgettext_lazy("gift", "Rejected"),
    GiftState.WITHDRAWN: pgettext_lazy("gift", "Withdrawn"),
}
STOCK_LABELS = {
    StockKind.RECEIPT: pgettext_lazy("stock", "Receipt"),
    StockKind.ISSUE: pgettext_lazy("stock", "Issue"),
    StockKind.RETURN: pgettext_lazy("stock", "Return"),
    StockKind.COUNT: pgettext_lazy("stock", "Count"),
}
