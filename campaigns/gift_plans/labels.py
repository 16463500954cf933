"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.gift_plans.terms import Festival, LineState, PlanState, Rhythm, Source

FESTIVAL_LABELS = {
    Festival.NEW_YEAR: _("New Year"),
    Festival.SPRING: _("Spring Festival"),
    Festival.DRAGON_BOAT: _("Dragon Boat Festival"),
    Festival.MID_AUTUMN: _("Mid-Autumn Festival"),
    Festival.NATIONAL_DAY: _("National Day"),
}
RHYTHM_LABELS = {
    Rhythm.FESTIVAL: _("Every year at a festival"),
    Rhythm.BIRTHDAY: _("Every year on the birthday"),
    Rhythm.MONTHS: _("Every so many months"),
}
STATE_LABELS = {
    PlanState.DRAFT: pgettext_lazy("gift plan", "Draft"),
    PlanState.PENDING: pgettext_lazy("gift plan", "Waiting for approval"),
    PlanState.RETURNED: pgettext_lazy("gift plan", "Returned for changes"),
    PlanState.APPROVED: pgettext_lazy("gift plan", "Approved"),
    PlanState.REJECTED: pgettext_lazy("gift plan", "Rejected"),
    PlanState.WITHDRAWN: pgettext_lazy("gift plan", "Withdrawn"),
}
LINE_LABELS = {
    LineState.PLANNED: pgettext_lazy("planned gift", "Planned"),
    LineState.DUE: pgettext_lazy("planned gift", "To be asked for"),
    LineState.MISSED: pgettext_lazy("planned gift", "Day passed"),
    LineState.ASKED: pgettext_lazy("planned gift", "Asked for"),
    LineState.GIVEN: pgettext_lazy("planned gift", "Given"),
    LineState.DROPPED: pgettext_lazy("planned gift", "Left out"),
}
SOURCE_LABELS = {
    Source.SCHEDULES: _("Recurring gifts of my units"),
    Source.BIRTHDAYS: _("Birthdays of the designated key persons"),
    Source.FESTIVALS: _("Festivals, for the designated key persons"),
}
