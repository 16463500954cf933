"""What qualification gives to the frames: acts, its setting, the guard of the status."""

from django.utils.translation import gettext_lazy as _

from accounts.qualification.services import require_qualified
from accounts.units.registry import register_status_guard
from accounts.units.terms import UnitStatus
from kam.audit.registry import register_act
from kam.settings_rows.registry import define

register_act("accounts.qualification.stated", _("Qualification stated"))
register_act("accounts.qualification.criterion_replaced", _("Qualification criterion replaced"))

define(
    "qualification_criteria_needed",
    1,
    label=_("Criteria that must hold for a key account"),
    unit=_("criteria"),
    assumption=False,
    group=_("Key accounts"),
)

register_status_guard(UnitStatus.QUALIFIED, require_qualified)
