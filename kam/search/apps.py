from django.utils.translation import gettext_lazy as _

from kam.core.rooms import RoomConfig


class SearchConfig(RoomConfig):
    default = True
    name = "kam.search"
    label = "search"
    verbose_name = _("Search")
