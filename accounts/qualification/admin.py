"""Criteria of a key account are read here, with their earlier versions, and changed by a rule change."""

from functools import partial

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.qualification.labels import AXIS_LABELS, LEVEL_LABELS
from accounts.qualification.models import QualificationCriterion, TierScheme
from accounts.qualification.registry import measures
from accounts.qualification.rules.tiers import read_rules
from accounts.qualification.selectors import label_of
from accounts.qualification.terms import Axis, Level
from kam.approvals.rule_changes.permissions import can_draft_rule, can_see_rules
from kam.core.admin_site import KamModelAdmin, in_lines


@admin.register(QualificationCriterion)
class QualificationCriterionAdmin(KamModelAdmin):
    """Every version; the last one of a code has no day on which it ended."""

    may_see = staticmethod(can_see_rules)
    may_propose = staticmethod(partial(can_draft_rule, kind="criterion"))
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
    may_propose = staticmethod(partial(can_draft_rule, kind="tiers"))
    actions = None
    list_display = ("version", "introduced_on", "replaced_on", "origin", "propose")
    fields = readonly_fields = (
        *("version", "introduced_on", "replaced_on", "origin"),
        *("limits", "value_measures", "potential_measures", "matrix"),
    )

    @admin.display(description=_("Points at which an axis is medium, and high; per cent that must be known"))
    def limits(self, scheme: TierScheme) -> str:
        rules = read_rules(scheme.rules)
        return f"{rules.medium} · {rules.high} · {rules.known_percent} %"

    @admin.display(description=_("Measures of the value: weight, and what begins grades 2 to 5"))
    def value_measures(self, scheme: TierScheme) -> SafeString:
        return self._measures(scheme, Axis.VALUE)

    @admin.display(description=_("Measures of the potential: weight, and what begins grades 2 to 5"))
    def potential_measures(self, scheme: TierScheme) -> SafeString:
        return self._measures(scheme, Axis.POTENTIAL)

    def _measures(self, scheme: TierScheme, axis: Axis) -> SafeString:
        labels = {measure.key: measure.label for measure in measures()}
        rows = [rule for rule in read_rules(scheme.rules).measures if rule.axis is axis]
        lines = (
            (labels.get(rule.key, rule.key), rule.weight, ", ".join(str(step) for step in rule.steps))
            for rule in rows
        )
        return in_lines("{}: {} – {}", lines)

    @admin.display(description=_("Tiers at low, medium and high potential"))
    def matrix(self, scheme: TierScheme) -> SafeString:
        matrix = read_rules(scheme.rules).matrix
        lines = (
            (
                AXIS_LABELS[Axis.VALUE],
                LEVEL_LABELS[value],
                " ".join(matrix[value, potential] for potential in Level),
            )
            for value in reversed(Level)
        )
        return in_lines("{} {}: {}", lines)

    @admin.display(description=_("origin"))
    def origin(self, scheme: TierScheme) -> str:
        return str(_("assumption: change it") if scheme.version == 1 else _("approved rule change"))

    @admin.display(description="")
    def propose(self, scheme: TierScheme) -> SafeString | str:
        if scheme.replaced_on is not None:
            return ""
        url = "/admin/approvals/rulechange/add/"
        return format_html('<a href="{}?kind=tiers">{}</a>', url, _("Propose a change"))
