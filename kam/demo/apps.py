from kam.core.rooms import RoomConfig


class DemoConfig(RoomConfig):
    name = "kam.demo"
    label = "demo"
    verbose_name = "Demo"
