"""What the words of measures are called."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kpi.measures.terms import Group, Kind, Over, Unit

OVER_LABELS = {
    Over.FLOW: _("sum over the period"),
    Over.OPENING: _("at the beginning of the period"),
    Over.CLOSING: _("at the end of the period"),
}
UNIT_LABELS = {
    Unit.MONEY: _("yuan"),
    Unit.COUNT: pgettext_lazy("unit of a measure", "number"),
    Unit.DAYS: _("days"),
}
GROUP_LABELS = {
    Group.SALES: _("Sales"),
    Group.UNITS: _("Units"),
    Group.WORK: _("Work"),
    Group.CARE: _("Care of customers"),
    Group.MONEY: _("Money"),
}
KIND_LABELS = {
    Kind.PERSON: pgettext_lazy("staff", "Person"),
    Kind.TEAM: _("Team"),
    Kind.DEPARTMENT: _("Department"),
}
