"""Acts of the calendar."""

from django.utils.translation import gettext_lazy as _

from kam.audit.registry import register_act

DAY_SET = register_act("workdays.day.set", _("Day of the department set"))
DAY_CLEARED = register_act("workdays.day.cleared", _("Day of the department cleared"))
