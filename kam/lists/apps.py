from kam.core.rooms import RoomConfig


class ListsConfig(RoomConfig):
    name = "kam.lists"
    label = "lists"
    verbose_name = "Lists"
