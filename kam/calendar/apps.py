from kam.core.rooms import RoomConfig


class WorkdaysConfig(RoomConfig):
    name = "kam.calendar"
    label = "workdays"
    verbose_name = "Working days"
