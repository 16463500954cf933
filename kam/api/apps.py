from kam.core.rooms import RoomConfig


class ApiConfig(RoomConfig):
    default = True
    name = "kam.api"
    label = "api"
    verbose_name = "API"
