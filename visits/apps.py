from kam.core.rooms import RoomConfig


class VisitsConfig(RoomConfig):
    default = True
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
