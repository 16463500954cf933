"""What registered customers give to the frames: acts, goals, the campaign's panel and effect, the unit's tab, handover, the demo part."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.merge.registry import declare
from accounts.merge.terms import How
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
from campaigns.prospects import services
from campaigns.prospects.demo import play_prospects
from campaigns.prospects.models import Prospect
from campaigns.prospects.permissions import can_register_for, can_register_prospect, can_see_prospects
from campaigns.prospects.selectors import (
    count_goals,
    intentions_by_unit,
    prospects_of,
    registered_in,
    sincere_by_unit,
)
from campaigns.prospects.tables import PROSPECTS
from kam.audit.records import register_history, visible_row
from kam.audit.registry import register_act
from kam.core.days import say_day
from kam.demo.registry import register_part
from kam.notes.registry import register_link
from kam.people.registry import Holding, HoldingRow, register_holding
from kam.search.registry import register_action, register_page
from kam.users.models import User

register_act("campaigns.prospect.registered", _("Customer registered"))
register_act("campaigns.prospect.changed", _("Registered customer corrected"))
register_act("campaigns.prospect.person", _("Registered customer entered among the persons of the unit"))
register_act("campaigns.prospect.dropped", _("Registered customer given up"))
register_act("campaigns.prospect.taken_up", _("Registered customer taken up again"))
register_act("campaigns.prospect.sincere", _("Registered customer became sincere, or is no longer"))
register_act("campaigns.prospect.bought", _("Registered customer bought, or the deal was cancelled"))
register_act("campaigns.prospect.handed_over", _("Registered customer handed over"))
register_history("campaigns.prospect", Prospect, load=visible_row(Prospect.objects))
register_link("prospect", lambda pk: f"/prospects/{int(pk)}/")


def _of_campaign(campaign: Campaign, user: User) -> dict[str, Any] | None:
    if not can_see_prospects(user):
        return None
    told = registered_in(campaign, user)
    return {"told": told, "list": PROSPECTS.url, "can_register": can_register_prospect(user)}


def _tab(unit: KeyAccount, user: User) -> dict[str, Any]:
    return {"prospects": prospects_of(unit), "can_register": can_register_for(user, unit)}


def _holdings(user: User) -> list[HoldingRow]:
    """Customers who are not given up and have not bought."""
    rows = Prospect.objects.open().filter(owner=user).order_by("pk")
    return [
        HoldingRow(str(row.pk), str(row), say_day(row.registered_on), row.get_absolute_url()) for row in rows
    ]


def _hand_over(row_ids: Sequence[str], frm: User, to: User, by: User) -> None:
    services.hand_over(row_ids, frm=frm, to=to, by=by)


register_holding(Holding("campaigns.prospects", _("Registered customers"), _holdings, _hand_over, order=52))
register_goal_counter(frozenset({GoalKind.PROSPECTS, GoalKind.SINCERE_PERCENT}), count_goals)
register_effect(EffectStep("intentions", _("Intentions"), 30, intentions_by_unit))
register_effect(EffectStep("sincere", _("Sincere customers"), 40, sincere_by_unit))
register_campaign_panel(
    CampaignPanel(
        "prospects", _("Registered customers"), 8, "campaigns/prospects/_registered.html", _of_campaign
    )
)
register_panel(
    Panel(
        "prospects",
        _("Registered customers"),
        21,
        "campaigns/prospects/_tab.html",
        _tab,
        counted=lambda unit: Prospect.objects.filter(unit_id=unit),
    )
)
register_page(
    "campaigns.prospects",
    _("Registered customers"),
    PROSPECTS.url,
    icon="users",
    visible=can_see_prospects,
    order=8,
)
register_action(
    "campaigns.prospect.new",
    _("Register a customer"),
    "/prospects/new/",
    icon="users",
    visible=can_register_prospect,
)
register_part(81, "prospects", play_prospects)
declare(How.MOVE, "campaigns.Prospect.unit", "campaigns.Prospect.person", "campaigns.SiteVisit.unit")
