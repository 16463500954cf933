from django.utils.translation import gettext_lazy as _

from kam.core.rooms import RoomConfig


class KpiConfig(RoomConfig):
    default = True
    name = "kpi"
    verbose_name = _("KPI")
    rooms = (
        "measures",
        "rollup",
        "targets",
        "scoring",
        "schemes",
        "sheets",
        "writings",
        "honours",
        "dashboards",
        "reports",
        "statistics",
    )
