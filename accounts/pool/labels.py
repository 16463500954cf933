"""Labels of the words in terms.py."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.pool.terms import PoolAct, TransferState

ACT_LABELS = {
    PoolAct.WARNED: _("warned that it will fall into the pool"),
    PoolAct.FELL: _("fell into the pool"),
    PoolAct.RELEASED: _("released to the pool"),
    PoolAct.CLAIMED: _("taken out of the pool"),
    PoolAct.GIVEN: pgettext_lazy("of a unit", "transferred"),
}
STATE_LABELS = {
    TransferState.PENDING: _("Waiting for approval"),
    TransferState.RETURNED: _("Returned for changes"),
    TransferState.APPROVED: _("Approved"),
    TransferState.REJECTED: _("Rejected"),
    TransferState.WITHDRAWN: _("Withdrawn"),
}
STATE_TONES = {
    TransferState.PENDING: "pending",
    TransferState.RETURNED: "warn",
    TransferState.APPROVED: "good",
    TransferState.REJECTED: "danger",
    TransferState.WITHDRAWN: "draft",
}
PROBLEMS = {
    "held": _("You hold as many units as one person may. Give one back first."),
    "claims": _("You have taken as many units out of the pool this month as one person may."),
}
