from kam.core.rooms import RoomConfig


class KpiConfig(RoomConfig):
    default = True
    name = "kpi"
    verbose_name = "KPI"
