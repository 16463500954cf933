from kam.core.rooms import RoomConfig


class ApprovalsConfig(RoomConfig):
    default = True
    name = "kam.approvals"
    label = "approvals"
    verbose_name = "Approvals"
    rooms = ("rule_changes",)
