"""Rule changes as approval subjects, and the kinds of rules of the ground floor."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kam.approvals.registry import Subject, register
from kam.approvals.rule_changes import days, kinds, services
from kam.approvals.rule_changes.forms import DaysForm, RouteForm, SettingForm
from kam.approvals.rule_changes.models import RuleChange
from kam.approvals.rule_changes.registry import RuleKind, register_rule_kind, rule_kind
from kam.approvals.rules import Facts
from kam.approvals.selectors import route_on, steps_as_payload
from kam.audit.registry import register_act
from kam.core.asked import day_in
from kam.core.clock import business_date

register_act("approvals.rule.drafted", _("Rule change drafted"))
register_act("approvals.rule.edited", _("Rule change edited"))
register_act("approvals.rule.discarded", _("Rule change discarded"))
register_act("approvals.rule.applied", _("Rule change in force"))
register_act("approvals.route.added", _("Approval route added"))
register_act("settings.row.added", _("Setting changed"))


def snapshot(change: RuleChange) -> dict[str, Any]:
    """Freeze the draft with its preview: what the deciders see is what was previewed."""
    kind = rule_kind(change.kind)
    preview = kind.preview(change.payload, change.valid_from)
    return {
        "title": change.title,
        "subtitle": str(kind.label),
        "why": change.reason,
        "facts": [[note, ""] for note in preview.notes],
        "line_heads": preview.heads,
        "lines": preview.rows,
        "payload": change.payload,
        "valid_from": change.valid_from,
    }


for key, label in (
    ("rule_change", _("Rule change")),
    ("kpi_scheme", _("KPI scheme")),
):
    register(
        Subject(
            key=key,
            model=RuleChange,
            label=label,
            group=_("Rules"),
            icon="adjustments",
            snapshot=snapshot,
            facts=lambda change: Facts(kinds=rule_kind(change.kind).kinds(change.payload)),
            requester=lambda change: change.drafted_by,
            beneficiary=lambda change: change.about,
            material=("payload", "valid_from"),
            labels={"valid_from": _("Valid from")},
            on_approved=services.apply_rule_change,
            on_returned=services.give_back_rule_change,
            on_rejected=services.reject_rule_change,
            on_withdrawn=services.withdraw_rule_change,
        )
    )

register_rule_kind(
    RuleKind(
        key="setting",
        label=_("Setting"),
        form=SettingForm,
        preview=kinds.preview_setting,
        check=kinds.check_setting,
        apply=kinds.apply_setting,
        kinds=kinds.kinds_of_setting,
        begin=lambda of: {"key": of},
    )
)


def _route_in_force(of: str) -> dict[str, Any]:
    """Begin a draft with the steps in force of the subject that was asked for."""
    return {"subject": of, "steps": steps_as_payload(route_on(of, business_date()))} if of else {}


register_rule_kind(
    RuleKind(
        key="route",
        label=_("Approval route"),
        form=RouteForm,
        preview=kinds.preview_route,
        check=kinds.check_route,
        apply=kinds.apply_route,
        begin=_route_in_force,
    )
)


def _one_day(of: str) -> dict[str, Any]:
    """Begin a draft with the one day that was asked for."""
    day = day_in(of)
    return {"first": day.isoformat(), "last": day.isoformat()} if day else {}


register_rule_kind(
    RuleKind(
        key="workdays",
        label=_("Days of the department"),
        form=DaysForm,
        preview=days.preview_days,
        check=days.check_days,
        apply=days.apply_days,
        begin=_one_day,
    )
)
