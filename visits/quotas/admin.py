"""Quotas are read here and changed by a rule change."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kam.approvals.rule_changes.permissions import can_draft_rule, can_see_rules
from kam.core.admin_site import KamModelAdmin
from kam.core.clock import business_date
from visits.quotas.models import QuotaNorm
from visits.quotas.selectors import norms_today


@admin.register(QuotaNorm)
class QuotaNormAdmin(KamModelAdmin):
    """What was approved; above it what each position owes today and why, the figures of the source where nothing was approved."""

    may_see = staticmethod(can_see_rules)
    may_propose = staticmethod(partial(can_draft_rule, kind="quota"))
    actions = None
    list_display = ("key", "whom", "amount", "valid_from", "propose")
    list_filter = ("key",)
    change_list_template = "admin/visits/quotanorm/change_list.html"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        told = {
            "in_force": norms_today(business_date()),
            "can_propose": self.may_propose(request.user),
        }
        return super().changelist_view(request, {**(extra_context or {}), **told})

    @admin.display(description=_("position"), ordering="position")
    def whom(self, norm: QuotaNorm) -> str:
        return norm.get_position_display() or str(_("everybody who sells"))

    @admin.display(description="")
    def propose(self, norm: QuotaNorm) -> SafeString:
        url = "/admin/approvals/rulechange/add/"
        return format_html('<a href="{}?kind=quota&amp;of={}">{}</a>', url, norm.pk, _("Propose a change"))
