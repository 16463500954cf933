"""What bulletins give to the frames below."""

from django.utils.translation import gettext_lazy as _

from kam.audit.registry import register_act

register_act("visits.bulletin.published", _("Policy bulletin published"))
register_act("visits.bulletin.withdrawn", _("Policy bulletin withdrawn"))
register_act("visits.bulletin.acknowledged", _("Policy bulletin acknowledged"))
