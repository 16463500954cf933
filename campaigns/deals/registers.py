"""What deals give to the frames: acts, the approval of a charge-back, the list, the tab on the unit's record, the demo part."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.development.registry import register_facts
from accounts.development.terms import Told
from accounts.merge.registry import declare, register_check
from accounts.merge.terms import How, Kind
from accounts.units.models import KeyAccount
from accounts.units.registry import Panel, register_panel
from campaigns.campaigns.models import Campaign
from campaigns.campaigns.registry import (
    CampaignPanel,
    EffectStep,
    register_campaign_panel,
    register_effect,
    register_goal_counter,
)
from campaigns.campaigns.terms import GoalKind
from campaigns.deals import losses
from campaigns.deals.api import DEALS as READ_DEALS
from campaigns.deals.demo import play_deals
from campaigns.deals.models import Crossing, Deal
from campaigns.deals.permissions import can_open_deal, can_see_deals
from campaigns.deals.selectors import (
    count_goals,
    counted_together,
    deals_of,
    sets_by_unit,
    sold_in,
    tell_development,
)
from campaigns.deals.tables import DEALS
from kam.api.registry import register_resource
from kam.approvals.registry import Subject, register
from kam.approvals.rules import Facts
from kam.audit.registry import register_act
from kam.demo.registry import register_part
from kam.search.registry import register_page
from kam.users.models import User
from kam.webhooks.registry import register_event

register_event("campaigns.deal.signed", "campaigns.deal.cancelled", "campaigns.deal.paid")

register_act("campaigns.deal.opened", _("Deal agreed"))
register_act("campaigns.deal.signed", _("Deal signed"))
register_act("campaigns.deal.cancelled", _("Deal cancelled"))
register_act("campaigns.deal.paid", _("Payment received"))
register_act("campaigns.deal.adjusted", _("Price of a deal adjusted"))
register_act("campaigns.deal.number_lost", _("Number of sets lost"))
register_act("campaigns.deal.loss_decided", _("Decided about a lost number"))


def _snapshot(crossing: Crossing) -> Mapping[str, Any]:
    """Return what the deciders see of a charge-back."""
    return {
        "title": f"{crossing.unit.name} · {crossing.campaign.name}",
        "subtitle": str(_("Charge back the group discount")),
        "unit": crossing.unit.name,
        "amount": crossing.stake_amount,
        "why": crossing.reason,
        "facts": [
            [str(_("Cancelled deal")), crossing.deal.number],
            [str(_("Sets that are left")), str(crossing.count)],
        ],
        "url": crossing.deal.get_absolute_url(),
    }


def _asker(crossing: Crossing) -> User:
    assert crossing.decided_by is not None  # noqa: S101 -- submitted by the service that has just written it
    return crossing.decided_by


register(
    Subject(
        key=losses.SUBJECT,
        model=Crossing,
        label=_("Charge-back"),
        group=_("Money"),
        icon="receipt-refund",
        snapshot=_snapshot,
        facts=lambda crossing: Facts(amount=crossing.stake_amount),
        requester=_asker,
        url=lambda crossing: crossing.deal.get_absolute_url(),
        on_approved=losses.charge_back,
        on_returned=losses.ask_again,
        on_rejected=losses.keep_after_all,
        on_withdrawn=losses.keep_after_all,
    )
)


def _tab(unit: KeyAccount, user: User) -> dict[str, Any]:
    return {"shown": deals_of(unit), "can_open": can_open_deal(user, unit)}


def _of_campaign(campaign: Campaign, user: User) -> dict[str, Any] | None:
    return {"sold": sold_in(campaign, user), "list": DEALS.url} if can_see_deals(user) else None


register_panel(
    Panel(
        "deals",
        _("Deals"),
        22,
        "campaigns/deals/_tab.html",
        _tab,
        counted=lambda unit: Deal.objects.filter(unit_id=unit),
    )
)
register_campaign_panel(CampaignPanel("deals", _("Deals"), 10, "campaigns/deals/_sold.html", _of_campaign))
register_facts([Told.ORDERS, Told.DEALS], tell_development)
register_page("campaigns.deals", _("Deals"), "/deals/", icon="file-dollar", visible=can_see_deals, order=10)

register_part(83, "deals", play_deals)
register_goal_counter(frozenset({GoalKind.UNITS, GoalKind.SETS}), count_goals)
register_effect(EffectStep("deals", _("Sets signed"), 50, sets_by_unit))

register_resource(READ_DEALS)
declare(How.STRICT, "campaigns.Deal.unit", "campaigns.Deal.customer", "campaigns.Crossing.unit")
register_check(Kind.UNIT, counted_together)
