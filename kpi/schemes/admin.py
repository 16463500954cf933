"""Schemes are read here with all their versions, and changed by a rule change: HR drafts, the general manager decides."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kam.approvals.rule_changes.permissions import can_see_rules
from kam.core.admin_site import KamModelAdmin
from kpi.schemes.models import Scheme


@admin.register(Scheme)
class SchemeAdmin(KamModelAdmin):
    """Every version; the one without a last day is in force until the next."""

    may_see = staticmethod(can_see_rules)
    actions = None
    list_display = ("position", "number", "valid_from", "until", "note", "propose")
    list_filter = ("position",)

    @admin.display(description=_("last day"))
    def until(self, row: Scheme) -> str:
        return str(row.last_day or "–")

    @admin.display(description="")
    def propose(self, row: Scheme) -> SafeString | str:
        if row.valid_until is not None:
            return ""
        url = "/admin/approvals/rulechange/add/"
        return format_html(
            '<a href="{}?kind=kpi_scheme&amp;of={}">{}</a>', url, row.pk, _("Propose a change")
        )
