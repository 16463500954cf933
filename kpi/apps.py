from kam.core.rooms import RoomConfig


class KpiConfig(RoomConfig):
    name = "kpi"
    verbose_name = "KPI"
