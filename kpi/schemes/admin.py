"""Schemes are read here with all their versions, and changed by a rule change: HR drafts, the general manager decides."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kam.approvals.rule_changes.permissions import can_draft_rule, can_see_rules
from kam.core.admin_site import KamModelAdmin, in_lines
from kpi.schemes.models import Scheme
from kpi.scoring.registry import indicator


@admin.register(Scheme)
class SchemeAdmin(KamModelAdmin):
    """Every version; the one without a last day is in force until the next."""

    may_see = staticmethod(can_see_rules)
    may_propose = staticmethod(partial(can_draft_rule, kind="kpi_scheme"))
    actions = None
    list_display = ("position", "number", "valid_from", "until", "note", "propose")
    list_filter = ("position",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [*super().get_readonly_fields(request, obj), "weights"]

    @admin.display(description=_("Indicators"))
    def weights(self, scheme: Scheme) -> SafeString:
        """Each indicator with its full points; how it is counted stands on the page of the schemes."""
        lines = [line.told for line in scheme.lines.all()]
        return in_lines("{}: {}", ((indicator(line.indicator).label, line.weight) for line in lines))

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
