"""What units give to the frames: names of acts, links of sources."""

from django.utils.translation import gettext_lazy as _

from kam.audit.registry import register_act
from kam.notes.registry import register_link

register_act("accounts.unit.created", _("Unit added"))
register_act("accounts.unit.edited", _("Unit changed"))
register_act("accounts.unit.observed", _("Something learned about the unit"))
register_act("accounts.unit.owner_changed", _("Owner changed"))
register_act("accounts.unit.status_changed", _("Status changed"))
register_act("accounts.unit.tier_changed", _("Tier changed"))
register_act("accounts.unit.next_step_done", _("Next step done"))

register_link("accounts.unit", lambda pk: f"/accounts/{pk}/")
