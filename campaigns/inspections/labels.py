"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.inspections.terms import Grade, Problem, Verdict

VERDICT_LABELS = {
    Verdict.OK: pgettext_lazy("inspection", "In order"),
    Verdict.FAILED: pgettext_lazy("inspection", "Not in order"),
    Verdict.NOT_APPLICABLE: pgettext_lazy("inspection", "Does not apply"),
}
GRADE_LABELS = {
    Grade.GOOD: pgettext_lazy("inspection", "Good"),
    Grade.FAIR: pgettext_lazy("inspection", "Fair"),
    Grade.POOR: pgettext_lazy("inspection", "Poor"),
}
PROBLEMS = {
    Problem.UNSAID: _("Say what is not in order."),
    Problem.EARLY: _("This day lies before the inspection."),
}
LINE_PROBLEMS = {
    Problem.POINTS: _(
        "Line %(line)s: begin with the points, a whole number from 1 to 100, or with # for a heading."
    ),
    Problem.TEXT: _(
        "Line %(line)s: write the text in English, at most 200 characters, and no more than three languages."
    ),
    Problem.EMPTY: _("A checklist needs a row."),
    Problem.TOO_MANY: _("A checklist has at most 60 rows."),
}
