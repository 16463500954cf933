from django.utils.translation import gettext_lazy as _

from kam.core.rooms import RoomConfig


class PeopleConfig(RoomConfig):
    default = True
    name = "kam.people"
    label = "people"
    verbose_name = _("People")
