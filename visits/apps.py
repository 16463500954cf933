from django.utils.translation import gettext_lazy as _

from kam.core.rooms import RoomConfig


class VisitsConfig(RoomConfig):
    default = True
    name = "visits"
    verbose_name = _("Visits")
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
        "trips",
        "equipment",
        "packs",
        "unit_plans",
        "agenda",
    )
