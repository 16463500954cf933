"""What earnest money gives to the frames: acts, the approval of a refund, the list, the tab, the campaign's panel, the demo part."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.merge.registry import declare
from accounts.merge.terms import How
from accounts.units.models import KeyAccount
from accounts.units.registry import Panel, register_panel
from campaigns.campaigns.models import Campaign
from campaigns.campaigns.registry import CampaignPanel, register_campaign_panel
from campaigns.earnest import services
from campaigns.earnest.demo import play_earnest
from campaigns.earnest.models import Earnest
from campaigns.earnest.permissions import can_note_for, can_see_earnest
from campaigns.earnest.selectors import earnest_of, held_in
from campaigns.earnest.tables import EARNEST
from kam.approvals.registry import Subject, register
from kam.approvals.rules import Facts
from kam.audit.registry import register_act
from kam.demo.registry import register_part
from kam.search.registry import register_page
from kam.users.models import User

register_act("campaigns.earnest.noted", _("Earnest money noted"))
register_act("campaigns.earnest.received", _("Earnest money received, serial drawn"))
register_act("campaigns.earnest.dropped", _("Earnest money never paid"))
register_act("campaigns.earnest.refund_asked", _("Refund of earnest money asked for"))
register_act("campaigns.earnest.refunded", _("Earnest money refunded"))
register_act("campaigns.earnest.choice_given_back", _("Choice given back with the earnest money"))
register_act("campaigns.choosing.opened", _("Choosing session opened"))
register_act("campaigns.choosing.called", _("Number called"))
register_act("campaigns.choosing.decided", _("Called number decided"))
register_act("campaigns.choosing.closed", _("Choosing session closed"))


def _snapshot(earnest: Earnest) -> Mapping[str, Any]:
    """Return what the deciders see of a refund."""
    return {
        "title": f"{earnest.number} · {earnest.name}",
        "subtitle": str(_("Refund of earnest money")),
        "unit": earnest.unit.name if earnest.unit else "",
        "amount": earnest.amount,
        "why": earnest.refund_reason,
        "facts": [
            [str(_("Campaign")), earnest.campaign.name],
            [str(_("Serial")), str(earnest.serial)],
            [str(_("Receipt number")), earnest.receipt_no],
        ],
        "url": earnest.get_absolute_url(),
    }


def _asker(earnest: Earnest) -> User:
    assert earnest.refund_asked_by is not None  # noqa: S101 -- submitted by the service that has just written it
    return earnest.refund_asked_by


register(
    Subject(
        key=services.SUBJECT,
        model=Earnest,
        label=_("Refund of earnest money"),
        group=_("Money"),
        icon="receipt-refund",
        snapshot=_snapshot,
        facts=lambda earnest: Facts(amount=earnest.amount),
        requester=_asker,
        url=lambda earnest: earnest.get_absolute_url(),
        on_approved=services.refund,
        on_returned=services.keep_earnest,
        on_rejected=services.keep_earnest,
        on_withdrawn=services.keep_earnest,
    )
)


def _tab(unit: KeyAccount, user: User) -> dict[str, Any]:
    return {"rows": earnest_of(unit), "can_note": can_note_for(user, unit)}


def _of_campaign(campaign: Campaign, user: User) -> dict[str, Any] | None:
    return {"held": held_in(campaign, user), "list": EARNEST.url} if can_see_earnest(user) else None


register_panel(
    Panel(
        "earnest",
        _("Earnest money"),
        23,
        "campaigns/earnest/_tab.html",
        _tab,
        counted=lambda unit: Earnest.objects.filter(unit_id=unit),
    )
)
register_campaign_panel(
    CampaignPanel("earnest", _("Earnest money"), 12, "campaigns/earnest/_held.html", _of_campaign)
)
register_page(
    "campaigns.earnest", _("Earnest money"), EARNEST.url, icon="ticket", visible=can_see_earnest, order=12
)

register_part(82, "earnest", play_earnest)
declare(How.STRICT, "campaigns.Earnest.unit", "campaigns.Earnest.person")
