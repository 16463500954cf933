"""Labels of the words in terms.py, and the two sides of a promise."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kam.notes.terms import TaskKind
from visits.packs.terms import Standing

STANDING_LABELS = {
    Standing.OPEN: pgettext_lazy("of a promise", "open"),
    Standing.BROKEN: pgettext_lazy("of a promise", "broken"),
    Standing.KEPT: pgettext_lazy("of a promise", "kept"),
    Standing.LATE: pgettext_lazy("of a promise", "kept late"),
}
STANDING_TONES = {
    Standing.OPEN: "pending",
    Standing.BROKEN: "danger",
    Standing.KEPT: "good",
    Standing.LATE: "warn",
}
SIDES = {TaskKind.PROMISE: _("we promised"), TaskKind.THEIR_PROMISE: _("they promised")}
