"""Labels of the words in terms.py."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from visits.unit_plans.terms import Source, Span

SPAN_LABELS = {
    Span.WEEK: pgettext_lazy("plan", "Week"),
    Span.MONTH: pgettext_lazy("plan", "Month"),
    Span.YEAR: pgettext_lazy("plan", "Year"),
}
SOURCE_LABELS = {
    Source.GOAL: _("Goal"),
    Source.ACTION: _("Action of the account plan"),
    Source.NEXT_STEP: _("Next step"),
    Source.SERVICE: _("Service plan"),
    Source.VISIT: _("Planned visit"),
}
