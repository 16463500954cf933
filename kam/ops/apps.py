from kam.core.rooms import RoomConfig


class OpsConfig(RoomConfig):
    name = "kam.ops"
    label = "ops"
    verbose_name = "Operations"
