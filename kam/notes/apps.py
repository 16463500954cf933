from django.utils.translation import gettext_lazy as _

from kam.core.rooms import RoomConfig


class NotesConfig(RoomConfig):
    default = True
    name = "kam.notes"
    label = "notes"
    verbose_name = _("Tasks and notes")
