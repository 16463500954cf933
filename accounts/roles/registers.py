"""What roles give to the frames: the threshold of silence."""

from django.utils.translation import gettext_lazy as _

from accounts.roles.selectors import SEEN_WITHIN
from kam.settings_rows.registry import define

define(
    SEEN_WITHIN,
    60,
    label=_("Days after which the holder of a role counts as silent"),
    unit=_("days"),
    group=_("Role coverage"),
)
