"""What needs give to the frames: names of acts."""

from django.utils.translation import gettext_lazy as _

from kam.audit.registry import register_act

register_act("accounts.need.recorded", _("Need recorded"))
register_act("accounts.need.moved", _("Need moved on"))
