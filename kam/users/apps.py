from django.utils.translation import gettext_lazy as _

from kam.core.rooms import RoomConfig


class UsersConfig(RoomConfig):
    default = True
    name = "kam.users"
    label = "users"
    verbose_name = _("Users and teams")
