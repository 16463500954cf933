"""What measures give to the frames: the registered statements themselves, and the page of the catalogue."""

from django.utils.translation import gettext_lazy as _

from kam.search.registry import register_page
from kpi.measures.permissions import can_see_measures
from kpi.measures.sources import care, deals, roles, units, work

__all__ = ["care", "deals", "roles", "units", "work"]  # importing them registers their measures

register_page(
    "kpi.measures", _("Measures"), "/kpi/measures/", icon="ruler-2", visible=can_see_measures, order=72
)
