"""Labels of the words in terms.py."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from visits.agenda.terms import EntryKind, Look

LOOK_LABELS = {
    Look.MONTH: pgettext_lazy("calendar", "Month"),
    Look.WEEK: pgettext_lazy("calendar", "Week"),
    Look.DAY: pgettext_lazy("calendar", "Day"),
    Look.LIST: pgettext_lazy("calendar", "List"),
}
KIND_LABELS = {
    EntryKind.VISIT: pgettext_lazy("calendar", "Visit"),
    EntryKind.CALL: pgettext_lazy("calendar", "Call"),
    EntryKind.BRIEFING: _("Product briefing"),
    EntryKind.APPOINTMENT: _("Appointment"),
    EntryKind.TRIP: _("Business trip"),
    EntryKind.STEP: _("Next step"),
    EntryKind.PROMISE: _("Promise due"),
    EntryKind.TASK: _("Task due"),
    EntryKind.FOLLOWUP: _("Follow-up form"),
    EntryKind.AWAY: _("Away"),
    EntryKind.BIRTHDAY: _("Birthday"),
}
#: How an entry is drawn: v visit, b briefing, c call, d a day something is due, a away.
LOOKS = {
    EntryKind.VISIT: "v",
    EntryKind.CALL: "c",
    EntryKind.BRIEFING: "b",
    EntryKind.APPOINTMENT: "p",
    EntryKind.TRIP: "t",
    EntryKind.STEP: "d",
    EntryKind.PROMISE: "d",
    EntryKind.TASK: "d",
    EntryKind.FOLLOWUP: "d",
    EntryKind.AWAY: "a",
    EntryKind.BIRTHDAY: "d",
}
