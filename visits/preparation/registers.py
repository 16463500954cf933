"""What preparations give to the frames."""

from django.utils.translation import gettext_lazy as _

from kam.audit.registry import register_act

register_act("visits.preparation.saved", _("Preparation saved"))
