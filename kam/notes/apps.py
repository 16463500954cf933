from kam.core.rooms import RoomConfig


class NotesConfig(RoomConfig):
    name = "kam.notes"
    label = "notes"
    verbose_name = "Tasks and notes"
