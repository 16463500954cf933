from django.utils.translation import gettext_lazy as _

from kam.core.rooms import RoomConfig


class AccountsConfig(RoomConfig):
    default = True
    name = "accounts"
    verbose_name = _("Accounts")
    rooms = (
        "units",
        "persons",
        "contacts",
        "roles",
        "needs",
        "qualification",
        "red_flags",
        "charts",
        "competition",
        "evaluation",
        "service_plans",
        "relationships",
        "complaints",
        "development",
        "satisfaction",
        "knowledge",
        "archive",
        "pool",
        "merge",
        "imports",
    )
