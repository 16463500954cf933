from django.utils.translation import gettext_lazy as _

from kam.core.rooms import RoomConfig


class ListsConfig(RoomConfig):
    default = True
    name = "kam.lists"
    label = "lists"
    verbose_name = _("Lists")
