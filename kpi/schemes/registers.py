"""What schemes give to the frames: acts, the kind of rule change, the limit below which a warning is proposed, the page."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kam.approvals.rule_changes.registry import RuleKind, register_rule_kind
from kam.audit.registry import register_act
from kam.search.registry import register_page
from kam.settings_rows.registry import define
from kam.users.terms import Position
from kpi.measures.permissions import can_see_measures
from kpi.schemes.drafts import apply_draft, begin_with, check_draft, preview_draft
from kpi.schemes.forms import SchemeForm
from kpi.schemes.selectors import LIMIT

register_act("kpi.scheme.in_force", _("KPI scheme put in force"))
register_rule_kind(
    RuleKind(
        key="kpi_scheme",
        label=_("KPI scheme"),
        form=SchemeForm,
        preview=preview_draft,
        check=check_draft,
        apply=apply_draft,
        begin=begin_with,
        subject="kpi_scheme",
        drafters=frozenset({Position.HR}),
    )
)
define(LIMIT, Decimal(60), label=_("A warning is proposed below"), unit=_("points"), group=_("KPI"))
register_page(
    "kpi.schemes", _("KPI schemes"), "/kpi/schemes/", icon="list-check", visible=can_see_measures, order=71
)
