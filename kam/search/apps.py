from kam.core.rooms import RoomConfig


class SearchConfig(RoomConfig):
    name = "kam.search"
    label = "search"
    verbose_name = "Search"
