"""The demo's contracts: negotiated, planned, carried out as far as their day; one is archived and checked."""

from datetime import timedelta
from decimal import Decimal

from campaigns.contracts.services import (
    Part,
    Talk,
    plan_milestones,
    plan_payments,
    reach_milestone,
    record_round,
)
from campaigns.contracts.terms import Concession, MilestoneKind, TermItem
from campaigns.deals.models import Deal
from kam.core.money import to_cents
from kam.demo.story import Story

_PLANNED = {
    MilestoneKind.PREPAYMENT: 7,
    MilestoneKind.DELIVERY: 20,
    MilestoneKind.ACCEPTANCE: 26,
    MilestoneKind.FINAL_PAYMENT: 40,
}


def play_contracts(story: Story) -> None:
    """Of the first deals that were signed and stand."""
    deals = (
        Deal.objects.signed().filter(unit__owner__isnull=False).select_related("unit__owner").order_by("pk")
    )
    for place, deal in enumerate(deals[:4]):
        with story.at(story.day(-4), 11, place):
            _play(story, deal)


def _play(story: Story, deal: Deal) -> None:
    owner, signed = deal.unit.owner, deal.signed_on
    assert owner is not None and signed is not None  # noqa: S101, PT018 -- chosen so
    price = Talk(
        TermItem.UNIT_PRICE, signed, "每平方米 3,400 元", "3,300 元", Concession.THEM, is_settled=True
    )
    record_round(deal, Talk(TermItem.SHIPPING, signed, "按楼栋分批交付", "一次交付"), by=owner)
    record_round(deal, price, by=owner)
    days = {kind: signed + timedelta(days) for kind, days in _PLANNED.items()}
    plan_milestones(deal, dict(days), by=owner)
    net = deal.net_total()
    first = to_cents(net * Decimal("0.3"))
    parts = [
        Part(days[MilestoneKind.PREPAYMENT], first, "首付款"),
        Part(days[MilestoneKind.FINAL_PAYMENT], net - first, "余款"),
    ]
    plan_payments(deal, parts, by=owner)
    if days[MilestoneKind.DELIVERY] < story.day(-5):
        on = days[MilestoneKind.DELIVERY]
        reach_milestone(deal, MilestoneKind.DELIVERY, on=on, note="按期交付", by=owner)
