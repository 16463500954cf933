"""What is proposed for each role and tier is read here, with its earlier versions, and changed by a rule change."""

from functools import partial

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.service_plans.models import ServicePlanTemplate
from kam.approvals.rule_changes.permissions import can_draft_rule, can_see_rules
from kam.core.admin_site import KamModelAdmin


@admin.register(ServicePlanTemplate)
class ServicePlanTemplateAdmin(KamModelAdmin):
    """Every version; the last one of a role and tier has no day on which it ended."""

    may_see = staticmethod(can_see_rules)
    may_propose = staticmethod(partial(can_draft_rule, kind="service_plan"))
    actions = None
    list_display = (
        *("seat", "tier", "words", "mode", "often", "version", "introduced_on", "replaced_on", "propose"),
    )
    list_filter = ("seat", "tier")

    @admin.display(description=_("objective"), ordering="objective")
    def words(self, row: ServicePlanTemplate) -> str:
        return row.told("objective")

    @admin.display(description=_("frequency"))
    def often(self, row: ServicePlanTemplate) -> str:
        return row.frequency_text

    @admin.display(description="")
    def propose(self, row: ServicePlanTemplate) -> SafeString | str:
        if row.replaced_on is not None:
            return ""
        url = "/admin/approvals/rulechange/add/"
        return format_html(
            '<a href="{}?kind=service_plan&amp;of={}-{}">{}</a>',
            url,
            row.seat,
            row.tier,
            _("Propose a change"),
        )
