from django.utils.translation import gettext_lazy as _

from kam.core.rooms import RoomConfig


class ExportsConfig(RoomConfig):
    default = True
    name = "kam.exports"
    label = "exports"
    verbose_name = _("Exports")
