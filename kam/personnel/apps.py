from django.utils.translation import gettext_lazy as _

from kam.core.rooms import RoomConfig


class PersonnelConfig(RoomConfig):
    default = True
    name = "kam.personnel"
    label = "personnel"
    verbose_name = _("Personnel proposals")
