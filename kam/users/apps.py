from kam.core.rooms import RoomConfig


class UsersConfig(RoomConfig):
    name = "kam.users"
    label = "users"
    verbose_name = "Users and teams"
