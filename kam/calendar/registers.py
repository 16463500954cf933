"""Acts of the calendar."""

from django.utils.translation import gettext_lazy as _

from kam.audit.registry import register_act
from kam.calendar.terms import DAY_CLEARED, DAY_SET

register_act(DAY_SET, _("Day of the department set"))
register_act(DAY_CLEARED, _("Day of the department cleared"))
