from kam.core.rooms import RoomConfig


class OutboxConfig(RoomConfig):
    name = "kam.outbox"
    label = "outbox"
    verbose_name = "Outbox"
