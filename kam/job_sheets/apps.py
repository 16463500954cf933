from django.utils.translation import gettext_lazy as _

from kam.core.rooms import RoomConfig


class JobSheetsConfig(RoomConfig):
    default = True
    name = "kam.job_sheets"
    label = "job_sheets"
    verbose_name = _("Job sheets")
