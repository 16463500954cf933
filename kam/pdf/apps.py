from kam.core.rooms import RoomConfig


class PdfConfig(RoomConfig):
    name = "kam.pdf"
    label = "pdf"
    verbose_name = "Documents"
