"""Settings of the bookings: the hours in which free slots are offered."""

from django.utils.translation import gettext_lazy as _

from kam.audit.registry import register_act
from kam.settings_rows.registry import define

register_act("visits.resource.added", _("Bookable thing added"))
register_act("visits.resource.usable", _("Bookable thing taken out of use or back"))

GROUP = _("Planning")
define("plan_hours_morning", "08:30-12:00", label=_("Morning hours for visits"), group=GROUP)
define("plan_hours_afternoon", "13:30-17:00", label=_("Afternoon hours for visits"), group=GROUP)
