from kam.core.rooms import RoomConfig


class VisitsConfig(RoomConfig):
    name = "visits"
    verbose_name = "Visits"
    rooms = (
        "bookings",
        "plans",
        "appointments",
        "visits",
        "preparation",
        "reports",
        "followups",
        "quotas",
        "papers",
        "bulletins",
    )
