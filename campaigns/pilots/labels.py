"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.pilots.terms import Outcome, Problem, Size, Source, Verdict

SIZE_LABELS = {
    Size.LARGE: pgettext_lazy("size of a unit", "Large"),
    Size.MEDIUM: pgettext_lazy("size of a unit", "Medium"),
    Size.SMALL: pgettext_lazy("size of a unit", "Small"),
}
SOURCE_LABELS = {
    Source.TOLD: pgettext_lazy("pilot", "told"),
    Source.VISITED: pgettext_lazy("pilot", "counted: units visited"),
    Source.SUGGESTIONS: pgettext_lazy("pilot", "counted: suggestions of the units"),
}
#: The same as one types them, a word each.
SOURCE_WORDS = {
    Source.TOLD: pgettext_lazy("pilot", "told"),
    Source.VISITED: _("visited"),
    Source.SUGGESTIONS: _("suggestions"),
}
VERDICT_LABELS = {
    Verdict.EXPAND: pgettext_lazy("pilot", "Expand"),
    Verdict.CHANGE: pgettext_lazy("pilot", "Change and try again"),
    Verdict.STOP: pgettext_lazy("pilot", "Stop"),
}
OUTCOME_LABELS = {
    Outcome.REACHED: pgettext_lazy("pilot", "Reached"),
    Outcome.MISSED: pgettext_lazy("pilot", "Not reached"),
    Outcome.UNKNOWN: pgettext_lazy("pilot", "Not told yet"),
}
PROBLEMS = {
    Problem.NOT_RUNNING: _("The campaign of this pilot does not run."),
    Problem.DECIDED: _("This round is decided."),
    Problem.NOT_OVER: _("The round is not over yet."),
    Problem.UNTOLD: _("Tell every measure of the round first."),
    Problem.NO_NEXT: _("Say from when to when the next round goes."),
    Problem.NO_MORE: _("The fourth round is the last one: expand or stop."),
    Problem.ORDER: _("The last day lies before the first."),
    Problem.OVERLAP: _("The next round begins after this one."),
    Problem.LINE: _("Line %(line)s: name | unit | target | source. Sources: %(sources)s."),
    Problem.EMPTY: _("A pilot needs a measure."),
    Problem.TWICE: _("Line %(line)s: this measure stands there already."),
}
#: Where on the form each problem is told.
FIELDS = {
    Problem.NO_NEXT: "next_from",
    Problem.NO_MORE: "verdict",
    Problem.ORDER: "next_until",
    Problem.OVERLAP: "next_from",
}
