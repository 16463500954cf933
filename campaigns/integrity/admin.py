"""The policy is read here with all its versions, and changed by a rule change."""

from functools import partial

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from campaigns.integrity.models import PolicyVersion
from kam.approvals.rule_changes.permissions import can_draft_rule, can_see_rules
from kam.core.admin_site import KamModelAdmin


@admin.register(PolicyVersion)
class PolicyVersionAdmin(KamModelAdmin):
    """Every version; the one without a last day is in force until the next."""

    may_see = staticmethod(can_see_rules)
    may_propose = staticmethod(partial(can_draft_rule, kind="integrity_policy"))
    actions = None
    list_display = ("party", "kind", "outcome", "number", "valid_from", "until", "note", "propose")
    list_filter = ("party", "kind", "outcome")

    @admin.display(description=_("last day"))
    def until(self, row: PolicyVersion) -> str:
        return str(row.last_day or "–")

    @admin.display(description="")
    def propose(self, row: PolicyVersion) -> SafeString | str:
        if row.valid_until is not None:
            return ""
        url = "/admin/approvals/rulechange/add/"
        words = _("Propose a change")
        return format_html('<a href="{}?kind=integrity_policy&amp;of={}">{}</a>', url, row.pk, words)
