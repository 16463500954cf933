from kam.core.rooms import RoomConfig


class AuditConfig(RoomConfig):
    name = "kam.audit"
    label = "audit"
    verbose_name = "Audit"
