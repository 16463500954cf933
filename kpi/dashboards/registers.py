"""What dashboards give to the frames: their further pages."""

from django.utils.translation import gettext_lazy as _

from kam.search.registry import register_page
from kpi.measures.permissions import can_see_measures

for _key, _label, _path, _icon in (
    ("kpi.dashboard.units", _("Dashboard of units"), "/kpi/units/", "building"),
    ("kpi.dashboard.value", _("Dashboard of value"), "/kpi/value/", "coins"),
):
    register_page(_key, _label, _path, icon=_icon, visible=can_see_measures)
