"""What qualification gives to the frames: acts, its setting, the guard of the status, its tab."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.qualification.criteria import (
    apply_criterion,
    check_criterion,
    last_version,
    preview_criterion,
    values_of,
)
from accounts.qualification.forms import CriterionForm
from accounts.qualification.selectors import qualification_of
from accounts.qualification.services import require_qualified
from accounts.units.models import KeyAccount
from accounts.units.registry import Panel, register_panel, register_status_guard
from accounts.units.terms import UnitStatus
from kam.approvals.rule_changes.registry import RuleKind, register_rule_kind
from kam.audit.registry import register_act
from kam.settings_rows.registry import define
from kam.users.models import User

register_act("accounts.qualification.stated", _("Qualification stated"))
register_act("accounts.qualification.criterion_replaced", _("Qualification criterion replaced"))
register_act("accounts.qualification.criterion_added", _("Qualification criterion added"))
register_act("accounts.qualification.criterion_ended", _("Qualification criterion ended"))

define(
    "qualification_criteria_needed",
    1,
    label=_("Criteria that must hold for a key account"),
    unit=_("criteria"),
    assumption=False,
    group=_("Key accounts"),
)

register_status_guard(UnitStatus.QUALIFIED, require_qualified)


def _tab(unit: KeyAccount, user: User) -> dict[str, Any]:
    del user
    return {"qualification": qualification_of(unit)}


register_panel(Panel("qualification", _("Qualification"), 30, "accounts/qualification/_tab.html", _tab))


def _criterion_in_force(of: str) -> dict[str, Any]:
    """Begin a draft with the criterion that was asked for."""
    now = last_version(of)
    return values_of(now) if now else {}


register_rule_kind(
    RuleKind(
        key="criterion",
        label=_("Criterion of a key account"),
        form=CriterionForm,
        preview=preview_criterion,
        check=check_criterion,
        apply=apply_criterion,
        begin=_criterion_in_force,
    )
)
