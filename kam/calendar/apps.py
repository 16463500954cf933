from kam.core.rooms import RoomConfig


class WorkdaysConfig(RoomConfig):
    default = True
    name = "kam.calendar"
    label = "workdays"
    verbose_name = "Working days"
