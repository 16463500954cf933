from django.utils.translation import gettext_lazy as _

from kam.core.rooms import RoomConfig


class FilesConfig(RoomConfig):
    default = True
    name = "kam.files"
    label = "files"
    verbose_name = _("Files")
