"""What persons give to the frames: names of acts, settings, links."""

from django.utils.translation import gettext_lazy as _

from kam.audit.registry import register_act
from kam.notes.registry import register_link
from kam.settings_rows.registry import define

register_act("accounts.person.added", _("Person added"))
register_act("accounts.person.edited", _("Person changed"))
register_act("accounts.person.post_changed", _("Person changed post"))
register_act("accounts.person.assessed", _("Person assessed"))
register_act("accounts.person.role_set", _("Buyer role set"))
register_act("accounts.person.role_ended", _("Buyer role ended"))
register_act("accounts.person.left", _("Person left the unit"))
register_act("accounts.key_person.designated", _("Key person designated"))
register_act("accounts.key_person.ended", _("Key person ended"))
register_act("accounts.relation.set", _("Relation recorded"))
register_act("accounts.relation.ended", _("Relation ended"))

define(
    "key_person_days",
    7,
    label=_("Days after the first visit in which the key person may be designated"),
    unit=_("days"),
    assumption=False,
    group=_("Key persons"),
)
define(
    "key_person_freeze_hours",
    24,
    label=_("Hours after which the persons met on a first visit are frozen"),
    unit=_("hours"),
    assumption=False,
    group=_("Key persons"),
)

register_link("accounts.person", lambda pk: f"/persons/{pk}/")
