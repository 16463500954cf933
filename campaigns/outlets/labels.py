"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.outlets.terms import OutletKind, Problem

KIND_LABELS = {
    OutletKind.STORE: pgettext_lazy("outlet", "Shop"),
    OutletKind.COUNTER: pgettext_lazy("outlet", "Counter"),
    OutletKind.SERVICE: pgettext_lazy("outlet", "Sales and service point"),
}
PROBLEMS = {
    Problem.FUTURE: _("This day has not come yet."),
    Problem.BEFORE_OPENING: _("This lies before the opening of the outlet."),
    Problem.AFTER_CLOSING: _("The outlet was closed by then."),
    Problem.NOT_A_MONTH: _("Choose a month."),
}
