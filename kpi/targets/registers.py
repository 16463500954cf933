"""What targets give to the frames: acts and the subject of approval."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.merge.registry import declare
from accounts.merge.terms import How
from kam.approvals.registry import Subject, register
from kam.approvals.rules import Facts
from kam.audit.records import register_history, visible_row
from kam.audit.registry import register_act
from kam.search.registry import register_page
from kpi.targets import services
from kpi.targets.models import Target, TargetChange
from kpi.targets.permissions import can_see_targets
from kpi.targets.tables import TARGETS
from kpi.targets.terms import ChangeState

__all__ = ["TARGETS"]  # workers write its files

register_page("kpi.targets", _("Targets"), "/kpi/targets/", icon="target", visible=can_see_targets, order=73)
register_act("kpi.target.set", _("Target set"))
register_act("kpi.target.change_asked", _("Change of a target asked for"))
register_act("kpi.target.changed", _("Target changed"))
register_act("kpi.target.change_ended", _("Change of a target not made"))
register_history("kpi.target", Target, load=visible_row(Target.objects))


def _snapshot(change: TargetChange) -> Mapping[str, Any]:
    """What the deciders see, as it stood when it was asked."""
    return {
        "title": str(change.target),
        "subtitle": f"{change.month:%Y-%m}",
        "why": change.reason,
        "facts": [
            [str(_("Until now")), f"{change.old_amount:,.2f}"],
            [str(_("New amount")), f"{change.new_amount:,.2f}"],
        ],
        "url": change.get_absolute_url(),
    }


register(
    Subject(
        key=services.SUBJECT,
        model=TargetChange,
        label=_("Change of a sales target"),
        group=_("KPI"),
        icon="target",
        snapshot=_snapshot,
        facts=lambda change: Facts(amount=change.new_amount),
        requester=lambda change: change.asked_by,
        beneficiary=lambda change: change.target.person if change.target.person != change.asked_by else None,
        material=("facts",),
        url=lambda change: change.get_absolute_url(),
        on_approved=services.approve_change,
        on_returned=services.end_change(ChangeState.RETURNED),
        on_rejected=services.end_change(ChangeState.REJECTED),
        on_withdrawn=services.end_change(ChangeState.WITHDRAWN),
    )
)
declare(How.MOVE, "kpi.Target.unit")
