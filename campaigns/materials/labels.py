"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.materials.terms import MoveKind, Standing, SupplementState

STANDING_LABELS = {
    Standing.PENDING: pgettext_lazy("material", "Pending"),
    Standing.OVERDUE: pgettext_lazy("material", "Overdue"),
    Standing.IN_PLACE: _("In place"),
    Standing.CAME_LATE: _("In place, late"),
}
MOVE_LABELS = {
    MoveKind.RECEIPT: pgettext_lazy("stock", "Receipt"),
    MoveKind.ISSUE: pgettext_lazy("stock", "Issue"),
    MoveKind.RETURN: pgettext_lazy("stock", "Return"),
    MoveKind.COUNT: pgettext_lazy("stock", "Count"),
}
SUPPLEMENT_LABELS = {
    SupplementState.PENDING: pgettext_lazy("report", "Waiting for approval"),
    SupplementState.RETURNED: pgettext_lazy("report", "Returned for changes"),
    SupplementState.APPROVED: pgettext_lazy("report", "Approved"),
    SupplementState.REJECTED: pgettext_lazy("report", "Rejected"),
    SupplementState.WITHDRAWN: pgettext_lazy("report", "Withdrawn"),
}
