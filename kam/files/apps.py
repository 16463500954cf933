from kam.core.rooms import RoomConfig


class FilesConfig(RoomConfig):
    name = "kam.files"
    label = "files"
    verbose_name = "Files"
