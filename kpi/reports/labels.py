"""What the words of reports are called."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kpi.reports.terms import Order, Rhythm, Sharing, Span

SPAN_LABELS = {
    Span.ALL: _("all days"),
    Span.THIS_MONTH: _("this month"),
    Span.LAST_MONTH: _("last month"),
    Span.THIS_QUARTER: _("this quarter"),
    Span.THIS_YEAR: _("this year"),
    Span.LAST_WEEK: _("last week"),
    Span.DAYS_30: _("last 30 days"),
    Span.MONTHS_12: _("twelve months up to this one"),
    Span.CHOSEN: _("from … until"),
}
ORDER_LABELS = {Order.LABEL: _("by name or time"), Order.TOTAL: _("largest first")}
SHARING_LABELS = {
    Sharing.NOBODY: _("only me"),
    Sharing.TEAM: _("my team"),
    Sharing.EVERYBODY: _("everybody who opens reports"),
}
RHYTHM_LABELS = {
    Rhythm.DAILY: _("every working day"),
    Rhythm.WEEKLY: pgettext_lazy("rhythm of a report", "every week"),
    Rhythm.MONTHLY: _("every month"),
}
