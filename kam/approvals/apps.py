from kam.core.rooms import RoomConfig


class ApprovalsConfig(RoomConfig):
    name = "kam.approvals"
    label = "approvals"
    verbose_name = "Approvals"
