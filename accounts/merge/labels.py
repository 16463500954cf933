"""Labels of the words in terms.py."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.merge.terms import Kind, LinkState, MergeState

KIND_LABELS = {Kind.UNIT: _("Unit"), Kind.PERSON: _("Person")}
STATE_LABELS = {
    MergeState.PENDING: _("Waiting for approval"),
    MergeState.RETURNED: _("Returned for changes"),
    MergeState.REJECTED: _("Rejected"),
    MergeState.WITHDRAWN: _("Withdrawn"),
    MergeState.MERGED: pgettext_lazy("two files", "Merged"),
    MergeState.UNDONE: pgettext_lazy("a merge", "Taken back"),
}
STATE_TONES = {
    MergeState.PENDING: "pending",
    MergeState.RETURNED: "warn",
    MergeState.REJECTED: "danger",
    MergeState.WITHDRAWN: "draft",
    MergeState.MERGED: "good",
    MergeState.UNDONE: "draft",
}
LINK_LABELS = {
    LinkState.MOVED: pgettext_lazy("a row", "moved"),
    LinkState.STAYED: _("stayed in the merged file"),
    LinkState.RETURNED: pgettext_lazy("a row", "went back"),
    LinkState.GONE: _("does not exist any more"),
    LinkState.CHANGED: _("was linked elsewhere since"),
}
ALIKE_LABELS = {
    "name": _("same name"),
    "similar_name": _("similar name"),
    "short_name": _("same short name"),
    "english_name": _("same English name"),
    "phone": _("same telephone"),
    "mobile": _("same mobile"),
    "address": _("same address"),
}
LINK_TONES = {
    LinkState.MOVED: "good",
    LinkState.STAYED: "warn",
    LinkState.RETURNED: "draft",
    LinkState.GONE: "danger",
    LinkState.CHANGED: "danger",
}
