from django.utils.translation import gettext_lazy as _

from kam.core.rooms import RoomConfig


class JobsConfig(RoomConfig):
    default = True
    name = "kam.jobs"
    label = "jobs"
    verbose_name = _("Jobs")
