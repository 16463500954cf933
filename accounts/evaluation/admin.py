"""Criteria of evaluation are read here, version by version, and changed by a rule change."""

from functools import partial

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.evaluation.models import EvaluationCriteria
from kam.approvals.rule_changes.permissions import can_draft_rule, can_see_rules
from kam.core.admin_site import KamModelAdmin
from kam.core.sentences import listed


@admin.register(EvaluationCriteria)
class EvaluationCriteriaAdmin(KamModelAdmin):
    """Version 1 is our assumption, every later one an approved rule change."""

    may_see = staticmethod(can_see_rules)
    may_propose = staticmethod(partial(can_draft_rule, kind="evaluation"))
    actions = None
    list_display = ("version", "line", "introduced_on", "replaced_on", "weights", "origin", "propose")

    fields = readonly_fields = ("version", "line", "introduced_on", "replaced_on", "origin", "weights")

    @admin.display(description=_("weights"))
    def weights(self, criteria: EvaluationCriteria) -> str:
        return listed(f"{row} {row.weight}" for row in criteria.dimensions.all())

    @admin.display(description=_("origin"))
    def origin(self, criteria: EvaluationCriteria) -> str:
        return str(_("assumption: change it") if criteria.version == 1 else _("approved rule change"))

    @admin.display(description="")
    def propose(self, criteria: EvaluationCriteria) -> SafeString | str:
        if criteria.replaced_on is not None:
            return ""
        url = "/admin/approvals/rulechange/add/"
        return format_html('<a href="{}?kind=evaluation">{}</a>', url, _("Propose a change"))
