from kam.core.rooms import RoomConfig


class PeopleConfig(RoomConfig):
    name = "kam.people"
    label = "people"
    verbose_name = "People"
