from kam.core.rooms import RoomConfig


class TodayConfig(RoomConfig):
    name = "kam.today"
    label = "today"
    verbose_name = "Today"
