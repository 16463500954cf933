from kam.core.rooms import RoomConfig


class NotesConfig(RoomConfig):
    default = True
    name = "kam.notes"
    label = "notes"
    verbose_name = "Tasks and notes"
