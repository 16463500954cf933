from django.utils.translation import gettext_lazy as _

from kam.core.rooms import RoomConfig


class TodayConfig(RoomConfig):
    default = True
    name = "kam.today"
    label = "today"
    verbose_name = _("Today")
