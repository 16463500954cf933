"""What files give to the frames below."""

from django.utils.translation import gettext_lazy as _

from kam.audit.registry import register_act
from kam.files.services import ADDED, REMOVED

register_act(ADDED, _("File added"))
register_act(REMOVED, _("File removed"))
