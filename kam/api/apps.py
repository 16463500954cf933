from kam.core.rooms import RoomConfig


class ApiConfig(RoomConfig):
    name = "kam.api"
    label = "api"
    verbose_name = "API"
