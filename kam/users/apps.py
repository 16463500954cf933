from kam.core.rooms import RoomConfig


class UsersConfig(RoomConfig):
    default = True
    name = "kam.users"
    label = "users"
    verbose_name = "Users and teams"
