from django.utils.translation import gettext_lazy as _

from kam.core.rooms import RoomConfig


class SettingsRowsConfig(RoomConfig):
    default = True
    name = "kam.settings_rows"
    label = "settings_rows"
    verbose_name = _("Settings")
