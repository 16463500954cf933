"""What contacts give to the frames: names of acts."""

from django.utils.translation import gettext_lazy as _

from kam.audit.registry import register_act

register_act("accounts.contact.recorded", _("Contact recorded"))
register_act("accounts.contact.corrected", _("Contact corrected"))
register_act("accounts.contact.removed", _("Contact removed"))
