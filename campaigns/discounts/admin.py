"""Discount rules are read here with all their versions, and changed by a rule change."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from campaigns.discounts.models import DiscountVersion
from kam.approvals.rule_changes.permissions import can_draft_rule, can_see_rules
from kam.core.admin_site import KamModelAdmin


@admin.register(DiscountVersion)
class DiscountVersionAdmin(KamModelAdmin):
    """Every version; the one without a last day is in force until the next."""

    may_see = staticmethod(can_see_rules)
    may_propose = staticmethod(partial(can_draft_rule, kind="discount"))
    actions = None
    list_display = ("about", "rule", "number", "gives", "valid_from", "until", "note", "propose")
    list_filter = ("campaign", "kind")
    list_select_related = ("campaign", "product")

    def get_queryset(self, request: HttpRequest) -> QuerySet[DiscountVersion]:
        return super().get_queryset(request).prefetch_related("tiers")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [*super().get_readonly_fields(request, obj), "gives"]

    @admin.display(description=_("kind"))
    def about(self, row: DiscountVersion) -> str:
        """The kind, and for whom or how paid, in the reader's words."""
        told = [row.get_kind_display(), row.get_channel_display() or row.get_payment_mode_display()]
        return " · ".join(str(word) for word in [*told, row.product or ""] if word)

    @admin.display(description=_("rule"))
    def rule(self, row: DiscountVersion) -> str:
        return row.name

    @admin.display(description=_("what it gives"))
    def gives(self, row: DiscountVersion) -> str:
        return row.gives

    @admin.display(description=_("last day"))
    def until(self, row: DiscountVersion) -> str:
        return str(row.last_day or "–")

    @admin.display(description="")
    def propose(self, row: DiscountVersion) -> SafeString | str:
        if row.valid_until is not None:
            return ""
        url = "/admin/approvals/rulechange/add/"
        return format_html('<a href="{}?kind=discount&amp;of={}">{}</a>', url, row.pk, _("Propose a change"))
