from django.utils.translation import gettext_lazy as _

from kam.core.rooms import RoomConfig


class PdfConfig(RoomConfig):
    default = True
    name = "kam.pdf"
    label = "pdf"
    verbose_name = _("Documents")
