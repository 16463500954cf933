from kam.core.rooms import RoomConfig


class AccountsConfig(RoomConfig):
    default = True
    name = "accounts"
    verbose_name = "Accounts"
    rooms = (
        "units",
        "persons",
        "contacts",
        "roles",
        "needs",
        "qualification",
        "red_flags",
        "imports",
    )
