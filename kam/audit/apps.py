from django.utils.translation import gettext_lazy as _

from kam.core.rooms import RoomConfig


class AuditConfig(RoomConfig):
    default = True
    name = "kam.audit"
    label = "audit"
    verbose_name = _("Audit")
