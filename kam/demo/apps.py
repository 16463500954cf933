from django.utils.translation import gettext_lazy as _

from kam.core.rooms import RoomConfig


class DemoConfig(RoomConfig):
    default = True
    name = "kam.demo"
    label = "demo"
    verbose_name = _("Demo")
