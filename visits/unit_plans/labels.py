"""Labels of the words in terms.py."""

from django.utils.translation import gettext_lazy as _

from visits.unit_plans.terms import Source, Span

SPAN_LABELS = {Span.WEEK: _("Week"), Span.MONTH: _("Month"), Span.YEAR: _("Year")}
SOURCE_LABELS = {
    Source.GOAL: _("Goal"),
    Source.ACTION: _("Action of the account plan"),
    Source.NEXT_STEP: _("Next step"),
    Source.SERVICE: _("Service plan"),
    Source.VISIT: _("Planned visit"),
}
