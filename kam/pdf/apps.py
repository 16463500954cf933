from kam.core.rooms import RoomConfig


class PdfConfig(RoomConfig):
    default = True
    name = "kam.pdf"
    label = "pdf"
    verbose_name = "Documents"
