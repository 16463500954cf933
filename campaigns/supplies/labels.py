"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import pgettext_lazy

from campaigns.supplies.terms import AccountState, EntryKind

STATE_LABELS = {
    AccountState.PENDING: pgettext_lazy("supplies account", "Waiting for approval"),
    AccountState.RETURNED: pgettext_lazy("supplies account", "Returned for changes"),
    AccountState.OPEN: pgettext_lazy("supplies account", "Open"),
    AccountState.CLOSED: pgettext_lazy("supplies account", "Closed"),
    AccountState.REJECTED: pgettext_lazy("supplies account", "Rejected"),
    AccountState.WITHDRAWN: pgettext_lazy("supplies account", "Withdrawn"),
}
KIND_LABELS = {
    EntryKind.DRAWN: pgettext_lazy("supplies", "Handed out"),
    EntryKind.TAKEN_OVER: pgettext_lazy("supplies", "Taken over"),
    EntryKind.RETURNED: pgettext_lazy("supplies", "Given back"),
    EntryKind.USED: pgettext_lazy("supplies", "Used"),
    EntryKind.PASSED_ON: pgettext_lazy("supplies", "Passed on"),
}
