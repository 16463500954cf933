from django.utils.translation import gettext_lazy as _

from kam.core.rooms import RoomConfig


class ApiConfig(RoomConfig):
    default = True
    name = "kam.api"
    label = "api"
    verbose_name = _("API")
