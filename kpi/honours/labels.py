"""What the words of honours are called."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kpi.honours.terms import HonourKind, HonourState, Occasion

KIND_LABELS = {
    HonourKind.MONEY: pgettext_lazy("honour", "Bonus"),
    HonourKind.PRIZE: pgettext_lazy("honour", "Prize"),
    HonourKind.TITLE: pgettext_lazy("honour", "Title of honour"),
}
OCCASION_LABELS = {
    Occasion.TARGET: _("Target reached"),
    Occasion.UNIT_WON: _("Key account won"),
    Occasion.OTHER: _("Another merit"),
}
STATE_LABELS = {
    HonourState.PENDING: _("Waiting for approval"),
    HonourState.RETURNED: _("Returned for changes"),
    HonourState.APPROVED: _("Approved"),
    HonourState.REJECTED: _("Rejected"),
    HonourState.WITHDRAWN: _("Withdrawn"),
}
PROBLEMS = {
    "nobody": _("A person or a team is honoured."),
    "both": _("A person or a team, not both."),
    "oneself": _("Nobody honours themselves."),
    "which_unit": _("Say which unit was won."),
    "no_amount": _("Money is an amount above nothing."),
    "no_money": _("Only money has an amount."),
    "future": _("That day has not come yet."),
}
