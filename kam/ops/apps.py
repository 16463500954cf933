from django.utils.translation import gettext_lazy as _

from kam.core.rooms import RoomConfig


class OpsConfig(RoomConfig):
    default = True
    name = "kam.ops"
    label = "ops"
    verbose_name = _("Operations")
