from django.utils.translation import gettext_lazy as _

from kam.core.rooms import RoomConfig


class OutboxConfig(RoomConfig):
    default = True
    name = "kam.outbox"
    label = "outbox"
    verbose_name = _("Outbox")
