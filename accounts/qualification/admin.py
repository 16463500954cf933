"""Criteria of a key account are read here, with their earlier versions, and changed by a rule change."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.qualification.models import QualificationCriterion, TierScheme
from accounts.qualification.selectors import label_of
from kam.approvals.rule_changes.permissions import can_see_rules
from kam.core.admin_site import KamModelAdmin


@admin.register(QualificationCriterion)
class QualificationCriterionAdmin(KamModelAdmin):
    """Every version; the last one of a code has no day on which it ended."""

    may_see = staticmethod(can_see_rules)
    actions = None
    list_display = ("words", "code", "version", "kind", "introduced_on", "replaced_on", "propose")
    list_filter = ("kind",)

    @admin.display(description=_("label"), ordering="label")
    def words(self, row: QualificationCriterion) -> str:
        return label_of(row)

    @admin.display(description="")
    def propose(self, row: QualificationCriterion) -> SafeString | str:
        if row.replaced_on is not None:
            return ""
        url = "/admin/approvals/rulechange/add/"
        return format_html(
            '<a href="{}?kind=criterion&amp;of={}">{}</a>', url, row.code, _("Propose a change")
        )


@admin.register(TierScheme)
class TierSchemeAdmin(KamModelAdmin):
    """Every version of the rules of the tiers; figures without a rule change behind them are our assumption."""

    may_see = staticmethod(can_see_rules)
    actions = None
    list_display = ("version", "introduced_on", "replaced_on", "origin", "propose")

    @admin.display(description=_("origin"))
    def origin(self, scheme: TierScheme) -> str:
        return str(_("assumption: change it") if scheme.version == 1 else _("approved rule change"))

    @admin.display(description="")
    def propose(self, scheme: TierScheme) -> SafeString | str:
        if scheme.replaced_on is not None:
            return ""
        url = "/admin/approvals/rulechange/add/"
        return format_html('<a href="{}?kind=tiers">{}</a>', url, _("Propose a change"))
