from django.utils.translation import gettext_lazy as _

from kam.core.rooms import RoomConfig


class WorkdaysConfig(RoomConfig):
    default = True
    name = "kam.calendar"
    label = "workdays"
    verbose_name = _("Working days")
