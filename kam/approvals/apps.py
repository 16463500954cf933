from django.utils.translation import gettext_lazy as _

from kam.core.rooms import RoomConfig


class ApprovalsConfig(RoomConfig):
    default = True
    name = "kam.approvals"
    label = "approvals"
    verbose_name = _("Approvals")
    rooms = ("rule_changes",)
