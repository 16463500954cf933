"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.expenses.terms import ClaimState, ExpenseKind

KIND_LABELS = {
    ExpenseKind.TRANSPORT: _("Transport at actual cost"),
    ExpenseKind.PHONE: _("Phone"),
    ExpenseKind.TRIP: _("Business trip"),
    ExpenseKind.MATERIAL: _("Material"),
    ExpenseKind.OTHER: pgettext_lazy("expense", "Other"),
}
STATE_LABELS = {
    ClaimState.DRAFT: pgettext_lazy("claim", "Draft"),
    ClaimState.PENDING: pgettext_lazy("claim", "Waiting for approval"),
    ClaimState.APPROVED: pgettext_lazy("claim", "Approved, to be paid"),
    ClaimState.PAID: pgettext_lazy("claim", "Paid"),
    ClaimState.REJECTED: pgettext_lazy("claim", "Rejected"),
    ClaimState.WITHDRAWN: pgettext_lazy("claim", "Withdrawn"),
}
