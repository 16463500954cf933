from kam.core.rooms import RoomConfig


class SettingsRowsConfig(RoomConfig):
    name = "kam.settings_rows"
    label = "settings_rows"
    verbose_name = "Settings"
