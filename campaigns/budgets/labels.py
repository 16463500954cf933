"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.budgets.terms import BudgetState, ChangeKind, ChangeState, MovementKind

STATE_LABELS = {
    BudgetState.DRAFT: pgettext_lazy("budget", "Draft"),
    BudgetState.PENDING: pgettext_lazy("budget", "Waiting for approval"),
    BudgetState.APPROVED: pgettext_lazy("budget", "Approved"),
    BudgetState.REJECTED: pgettext_lazy("budget", "Rejected"),
    BudgetState.WITHDRAWN: pgettext_lazy("budget", "Withdrawn"),
}
CHANGE_LABELS = {
    ChangeKind.SUPPLEMENT: pgettext_lazy("budget", "Supplement"),
    ChangeKind.TRANSFER: _("Transfer between lines"),
    ChangeKind.OVERRUN: _("Bill above what was approved"),
}
CHANGE_STATE_LABELS = {
    ChangeState.PENDING: pgettext_lazy("budget", "Waiting for approval"),
    ChangeState.RETURNED: pgettext_lazy("budget", "Returned for changes"),
    ChangeState.APPROVED: pgettext_lazy("budget", "Approved"),
    ChangeState.REJECTED: pgettext_lazy("budget", "Rejected"),
    ChangeState.WITHDRAWN: pgettext_lazy("budget", "Withdrawn"),
}
MOVEMENT_LABELS = {
    MovementKind.BUDGET: pgettext_lazy("ledger", "Budgeted"),
    MovementKind.SUPPLEMENT: pgettext_lazy("ledger", "Supplemented"),
    MovementKind.TRANSFER: pgettext_lazy("ledger", "Transferred"),
    MovementKind.RESERVE: pgettext_lazy("ledger", "Reserved"),
    MovementKind.RELEASE: pgettext_lazy("ledger", "Released"),
    MovementKind.SPEND: pgettext_lazy("ledger", "Spent"),
    MovementKind.REVERSE: pgettext_lazy("ledger", "Taken back"),
}
PROBLEMS = {
    "empty": _("A budget has at least one line."),
    "many": _("A budget has at most 60 lines: split it."),
    "level": _("A line stands at most one level below the line above it, and at most four levels deep."),
    "negative": _("An amount is not below nothing."),
    "nothing": _("The budget comes to nothing."),
}
SUM_PROBLEM = _("“%(name)s” says %(told)s, its parts come to %(parts)s.")
