"""Labels of the words in terms.py, and what a rule says, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.contracts.terms import Concession, MilestoneKind, ShareState, TermItem

MILESTONE_LABELS = {
    MilestoneKind.SIGNED: pgettext_lazy("milestone", "Signed"),
    MilestoneKind.PREPAYMENT: pgettext_lazy("milestone", "Prepayment"),
    MilestoneKind.DELIVERY: pgettext_lazy("milestone", "Delivery"),
    MilestoneKind.COMMISSIONING: pgettext_lazy("milestone", "Commissioning"),
    MilestoneKind.ACCEPTANCE: pgettext_lazy("milestone", "Acceptance"),
    MilestoneKind.FINAL_PAYMENT: pgettext_lazy("milestone", "Final payment"),
}
ITEM_LABELS = {
    TermItem.UNIT_PRICE: pgettext_lazy("negotiation", "Unit price"),
    TermItem.TOTAL_PRICE: pgettext_lazy("negotiation", "Total price"),
    TermItem.DISCOUNT: pgettext_lazy("negotiation", "Discount range"),
    TermItem.SHIPPING: pgettext_lazy("negotiation", "Shipping"),
    TermItem.ARRIVAL: pgettext_lazy("negotiation", "Arrival"),
    TermItem.AFTER_SALES: pgettext_lazy("negotiation", "Service after the sale"),
}
CONCESSION_LABELS = {
    Concession.US: pgettext_lazy("negotiation", "We gave way"),
    Concession.THEM: pgettext_lazy("negotiation", "They gave way"),
    Concession.BOTH: pgettext_lazy("negotiation", "Both gave way"),
    Concession.NOBODY: pgettext_lazy("negotiation", "Nobody gave way"),
}
SHARE_LABELS = {
    ShareState.PAID: pgettext_lazy("instalment", "Paid"),
    ShareState.PARTLY: pgettext_lazy("instalment", "Partly paid"),
    ShareState.OPEN: pgettext_lazy("instalment", "Open"),
    ShareState.OVERDUE: pgettext_lazy("instalment", "Overdue"),
}
PROBLEMS = {
    "empty": _("Name at least one instalment."),
    "order": _("The days of the instalments follow one another."),
    "early": _("Nothing is due before the signature."),
    "sum": _("The instalments come to %(sum)s, the deal costs %(total)s."),
    "future": _("This day is still to come."),
    "read": _("This milestone is read from the signature and the payments."),
}
