"""What honours give to the frames: acts, the subject of approval, history, the page, the demo part."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.merge.registry import declare
from accounts.merge.terms import How
from kam.approvals.registry import Subject, register
from kam.approvals.rules import Facts
from kam.audit.records import register_history, visible_row
from kam.audit.registry import register_act
from kam.demo.registry import register_part
from kam.search.registry import register_page
from kpi.honours import services
from kpi.honours.demo import play_honours
from kpi.honours.models import Honour
from kpi.honours.permissions import can_see_honours
from kpi.honours.tables import HONOURS
from kpi.honours.terms import HonourState

__all__ = ["HONOURS"]  # workers write its files

for _act, _label in (
    ("kpi.honour.proposed", _("Honour proposed")),
    ("kpi.honour.pending", _("Honour proposed again")),
    ("kpi.honour.approved", _("Honour approved")),
    ("kpi.honour.returned", _("Honour returned for changes")),
    ("kpi.honour.rejected", _("Honour rejected")),
    ("kpi.honour.withdrawn", _("Honour withdrawn")),
):
    register_act(_act, _label)
register_history("kpi.honour", Honour, load=visible_row(Honour.objects))


def _snapshot(honour: Honour) -> Mapping[str, Any]:
    """What the deciders see."""
    facts = [
        [str(_("For what")), honour.get_occasion_display()],
        [str(_("Kind")), honour.get_kind_display()],
        [str(_("Amount")), f"{honour.amount:,.2f}" if honour.amount else ""],
    ]
    return {
        "title": f"{honour.who}: {honour.title}",
        "subtitle": str(honour),
        "unit": honour.unit.name if honour.unit else "",
        "why": honour.reason,
        "facts": [pair for pair in facts if pair[1]],
        "url": honour.get_absolute_url(),
    }


register(
    Subject(
        key=services.SUBJECT,
        model=Honour,
        label=_("Reward or honour"),
        group=_("KPI"),
        icon="award",
        snapshot=_snapshot,
        facts=lambda honour: Facts(amount=honour.amount or Decimal(0)),
        requester=lambda honour: honour.proposed_by,
        beneficiary=lambda honour: honour.person,
        material=("facts",),
        url=lambda honour: honour.get_absolute_url(),
        on_approved=services.decide(HonourState.APPROVED),
        on_returned=services.decide(HonourState.RETURNED),
        on_rejected=services.decide(HonourState.REJECTED),
        on_withdrawn=services.decide(HonourState.WITHDRAWN),
    )
)
register_page(
    "kpi.honours", _("Rewards and honours"), "/kpi/honours/", icon="award", visible=can_see_honours, order=75
)
register_part(98, "honours", play_honours)
declare(How.STAY, "kpi.Honour.unit")  # a decided honour stays as it is
