"""What a set earns is read here with all its versions, and changed by a rule change."""

from functools import partial

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from campaigns.rebates.models import RebateVersion
from kam.approvals.rule_changes.permissions import can_draft_rule, can_see_rules
from kam.core.admin_site import KamModelAdmin
from kam.core.sentences import listed


@admin.register(RebateVersion)
class RebateVersionAdmin(KamModelAdmin):
    """Every version; the one without a last day is in force until the next."""

    may_see = staticmethod(can_see_rules)
    may_propose = staticmethod(partial(can_draft_rule, kind="rebate"))
    actions = None
    list_display = ("campaign", "number", "said", "budget_line", "valid_from", "until", "note", "propose")
    list_filter = ("campaign",)
    fields = ("campaign", "number", "said", "budget_line", "valid_from", "until", "note")
    readonly_fields = ("said", "until")

    @admin.display(description=_("tiers"))
    def said(self, row: RebateVersion) -> str:
        return listed(f"≥{tier.from_sets}: {tier.amount:,.2f} {tier.goods}".strip() for tier in row.steps)

    @admin.display(description=_("last day"))
    def until(self, row: RebateVersion) -> str:
        return str(row.last_day or "–")

    @admin.display(description="")
    def propose(self, row: RebateVersion) -> SafeString | str:
        if row.valid_until is not None:
            return ""
        url = "/admin/approvals/rulechange/add/"
        words = _("Propose a change")
        return format_html('<a href="{}?kind=rebate&amp;of={}">{}</a>', url, row.pk, words)
