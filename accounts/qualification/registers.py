"""What qualification gives to the frames: acts, its setting, the guard of the status, its tab."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from accounts.qualification import tables as tables  # the list becomes known to workers
from accounts.qualification.criteria import (
    apply_criterion,
    check_criterion,
    last_version,
    preview_criterion,
    values_of,
)
from accounts.qualification.demo import play_core, play_tiers
from accounts.qualification.forms import CriterionForm
from accounts.qualification.forms_tiers import TierRulesForm
from accounts.qualification.measures import demand, observed, worth
from accounts.qualification.models import CoreChange, TierProposal
from accounts.qualification.registry import Measure, ValueSource, register_measure, register_value
from accounts.qualification.selectors import qualification_of
from accounts.qualification.selectors_spread import NORMS, TOP, visits_of
from accounts.qualification.services import require_qualified
from accounts.qualification.services_tiers import MOVED, overtake_by_tier, propose_for_all
from accounts.qualification.terms import Axis
from accounts.qualification.tier_rules import apply_tiers, check_tiers, last_rules, preview_tiers
from accounts.units.labels import FIELD_LABELS
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_change_tier
from accounts.units.registry import (
    Panel,
    register_list_action,
    register_panel,
    register_status_guard,
    register_tier_changed,
)
from accounts.units.terms import Field, Tier, UnitStatus
from kam.approvals.rule_changes.registry import RuleKind, register_rule_kind
from kam.audit.registry import register_act
from kam.core.clock import business_date
from kam.core.sentences import lazy_sentence
from kam.demo.registry import register_part
from kam.jobs.registry import periodic
from kam.search.registry import register_action, register_page
from kam.settings_rows.registry import define
from kam.users.models import User
from kam.users.scopes import Reach, scope_of

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
    waiting = TierProposal.objects.open().filter(unit=unit).first()
    return {
        "qualification": qualification_of(unit),
        "proposal": waiting,
        "may_decide": can_change_tier(user, unit),
        "kept": visits_of(unit, business_date()),
        "core": CoreChange.objects.filter(unit=unit).select_related("by").order_by("-on", "-pk").first(),
    }


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

register_act("accounts.unit.tier_rejected", _("Proposed tier rejected"))
register_act("accounts.unit.core_changed", _("Core changed"))
register_act("accounts.tiers.rules_replaced", _("Rules of the tiers replaced"))

_GROUP = _("Key accounts")
define(
    MOVED,
    10,
    label=_("Points an axis must move before a rejected tier is proposed again"),
    unit=_("points"),
    group=_GROUP,
)
define(
    TOP,
    20,
    label=_("Head of the 80/20 curve"),
    unit=_("per cent of the units"),
    assumption=False,
    group=_GROUP,
)
for _tier, _visits, _is_ours in (
    (Tier.A, "3", False),
    (Tier.B, "1", True),
    (Tier.C, "0.5", True),
    (Tier.D, "0.25", True),
):
    define(
        NORMS[_tier],
        Decimal(_visits),
        label=lazy_sentence(gettext_noop("Visits to a unit of tier %(tier)s"), tier=_tier.value),
        unit=_("visits a week"),
        assumption=_is_ours,
        group=_GROUP,
    )

register_value(ValueSource("told", _("largest single cooperation told"), 90, observed(Field.LARGEST_DEAL)))
register_measure(Measure("worth", _("Value known"), Axis.VALUE, worth, _("yuan"), 10))
for _order, (_axis, _key, _field, _unit) in enumerate(
    (
        (Axis.VALUE, "contract_years", Field.CONTRACT_YEARS, _("years")),
        (Axis.VALUE, "large_orders", Field.LARGE_ORDERS, _("1 = yes")),
        (Axis.POTENTIAL, "purchasing_power", Field.PURCHASING_POWER, _("of 5")),
        (Axis.POTENTIAL, "purchase_intention", Field.PURCHASE_INTENTION, _("of 5")),
        (Axis.POTENTIAL, "headcount", Field.HEADCOUNT, _("people")),
        (Axis.POTENTIAL, "income", Field.INCOME, _("yuan a year")),
    ),
    20,
):
    register_measure(Measure(_key, FIELD_LABELS[_field], _axis, observed(_field), _unit, _order))
register_measure(Measure("demand", _("Stated demand"), Axis.POTENTIAL, demand, _("statements"), 30))

register_tier_changed("qualification.proposals", overtake_by_tier)
periodic(
    "accounts.tiers.propose", every="daily 01:40", run=propose_for_all, label=_("Proposed tiers of all units")
)
register_rule_kind(
    RuleKind(
        key="tiers",
        label=_("Rules of the tiers"),
        form=TierRulesForm,
        preview=preview_tiers,
        check=check_tiers,
        apply=apply_tiers,
        begin=lambda _of: last_rules(),
    )
)
register_part(31, "core", play_core)
register_part(82, "tiers", play_tiers)


def _may_see(user: User) -> bool:
    return scope_of(user).reach is not Reach.NOTHING


register_page(
    "accounts.pyramid",
    _("Pyramid of customers"),
    "/accounts/pyramid/",
    icon="triangle",
    visible=_may_see,
    order=14,
)
for _key, _label, _path, _icon in (
    ("accounts.tiers", _("Proposed tiers"), "/accounts/tiers/", "stairs-up"),
    ("accounts.concentration", _("80/20"), "/accounts/concentration/", "chart-line"),
    ("accounts.norm", _("Visits against the norm"), "/accounts/norm/", "walk"),
):
    register_action(_key, _label, _path, icon=_icon, visible=_may_see)
register_list_action(
    "pyramid",
    lambda user: (_("Pyramid"), "/accounts/pyramid/", "triangle") if _may_see(user) else None,
)
