from django.utils.translation import gettext_lazy as _

from kam.core.rooms import RoomConfig


class WebhooksConfig(RoomConfig):
    default = True
    name = "kam.webhooks"
    label = "webhooks"
    verbose_name = _("Webhooks")
