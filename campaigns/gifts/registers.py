"""What gifts give to the frames: acts, the subject of approval, the tab of a unit, what to hand over at a visit, pages, the demo part."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.evaluation.registry import Cost, register_cost
from accounts.merge.registry import declare
from accounts.merge.terms import How
from accounts.units.models import KeyAccount
from accounts.units.registry import Panel, register_panel
from campaigns.budgets.selectors import budget_card
from campaigns.gifts import services
from campaigns.gifts.api import GIFTS
from campaigns.gifts.demo import play_gifts
from campaigns.gifts.models import GiftItem, GiftRequest
from campaigns.gifts.permissions import can_ask_gift, can_hand_over_gift, can_see_gifts
from campaigns.gifts.selectors import (
    cost_by_unit,
    day_for,
    flags_card,
    gifts_of,
    history_card,
    to_hand_over,
)
from campaigns.gifts.services import SUBJECT, value_of
from campaigns.gifts.terms import GiftState
from kam.api.registry import register_resource
from kam.approvals.registry import Subject, register
from kam.approvals.rules import Facts
from kam.approvals.terms import Official
from kam.audit.records import register_history, register_words, visible_row
from kam.audit.registry import register_act
from kam.demo.registry import register_part
from kam.notes.registry import register_link
from kam.search.registry import register_page
from kam.users.models import User
from kam.webhooks.registry import register_event
from visits.visits.models import Visit
from visits.visits.registry import VisitPanel, register_visit_panel

register_event("campaigns.gift.handed_over")

register_act("campaigns.gift_item.added", _("Gift added to the catalogue"))
register_act("campaigns.gift_item.changed", _("Gift of the catalogue changed"))
register_act("campaigns.gift_stock.booked", _("Stock of a gift booked"))
register_act("campaigns.gift.pending", _("Gift asked for"))
register_act("campaigns.gift.changed", _("Amount of a gift changed"))
register_act("campaigns.gift.approved", _("Gift approved"))
register_act("campaigns.gift.returned", _("Gift request returned for changes"))
register_act("campaigns.gift.rejected", _("Gift rejected"))
register_act("campaigns.gift.withdrawn", _("Gift request withdrawn"))
register_act("campaigns.gift.issued", _("Gift taken from stock"))
register_act("campaigns.gift.handed_over", _("Gift handed over"))
register_act("campaigns.gift.acknowledged", _("Gift acknowledged"))
register_act("campaigns.gift.cancelled", _("Gift cancelled"))
register_act("campaigns.gift.taken_back", _("Gift taken back"))
register_history("campaigns.giftrequest", GiftRequest, load=visible_row(GiftRequest.objects))
_WORDS = {
    "amount": _("Amount"),
    "price": _("Price of one in yuan"),
    "stock": pgettext_lazy("gift", "In stock"),
}
for _model in (GiftRequest, GiftItem):
    register_words(_model, label=_WORDS.get, text=lambda _name, _value: None)
register_link("gift_request", lambda pk: f"/gifts/{int(pk)}/")


def _snapshot(gift: GiftRequest) -> Mapping[str, Any]:
    """Return what the deciders see: the gift, the money before and after, what the person has received, why."""
    own = [gift.benefit] if gift.benefit else []
    values = [value_of(gift)]
    person = gift.person
    return {
        "title": f"{gift.item.name} × {gift.quantity} · {person.name}",
        "subtitle": f"{gift.number} · {gift.get_occasion_display()}",
        "unit": gift.unit.name,
        "amount": gift.amount,
        "why": gift.reason,
        "flags": flags_card(values, own),
        "budget": budget_card(gift.line, gift.amount),
        "history": history_card(values, own),
        "facts": [
            [str(_("Kind")), str(gift.item.get_kind_display())],
            [str(_("Public official")), str(person.get_official_display())],
            [str(_("To be given on")), day_for(gift, None)],
            *([[str(_("Reason for compliance")), gift.compliance_reason]] if gift.compliance_reason else []),
            *([[str(_("Written basis")), gift.basis_document]] if gift.basis_document else []),
            *([[str(_("Employer informed by")), gift.employer_document]] if gift.employer_document else []),
        ],
        "url": gift.get_absolute_url(),
    }


def _facts(gift: GiftRequest) -> Facts:
    needs = gift.benefit is not None and gift.benefit.needs_compliance
    kinds = frozenset({"compliance"}) if needs else frozenset()
    return Facts(amount=gift.amount, official=Official(gift.person.official), kinds=kinds)


register(
    Subject(
        key=SUBJECT,
        model=GiftRequest,
        label=_("Gift request"),
        group=_("Money"),
        icon="gift",
        snapshot=_snapshot,
        facts=_facts,
        requester=lambda gift: gift.asked_by,
        url=lambda gift: gift.get_absolute_url(),
        return_reasons=(_("The reason is not clear"), _("Choose a smaller gift"), _("Another budget line")),
        bulk=True,
        on_approved=services.approve_gift,
        on_returned=services.return_gift,
        on_rejected=lambda gift, by: services.close_gift(gift, by, state=GiftState.REJECTED),
        on_withdrawn=lambda gift, by: services.close_gift(gift, by, state=GiftState.WITHDRAWN),
    )
)


def _tab(unit: KeyAccount, user: User) -> dict[str, Any]:
    return {"gifts": gifts_of(unit, user), "can_ask": can_ask_gift(user, unit)}


def _at_visit(visit: Visit, user: User) -> dict[str, Any] | None:
    given = list(GiftRequest.objects.visible_to(user).filter(visit=visit).select_related("person", "item"))
    waiting = [gift for gift in to_hand_over(visit.unit) if can_hand_over_gift(user, gift)]
    return {"given": given, "waiting": waiting} if given or waiting else None


register_panel(
    Panel(
        "gifts",
        _("Gifts"),
        25,
        "campaigns/gifts/_tab.html",
        _tab,
        counted=lambda unit: GiftRequest.objects.filter(unit_id=unit),
    )
)
register_visit_panel(VisitPanel("gifts", _("Gifts"), 10, "campaigns/gifts/_visit.html", _at_visit))
register_page("campaigns.gifts", _("Gifts"), "/gifts/", icon="gift", visible=can_see_gifts, order=36)
register_page(
    "campaigns.gift_items",
    _("Gifts of the catalogue"),
    "/gifts/items/",
    icon="gift",
    visible=can_see_gifts,
    order=37,
)
register_part(86, "gifts", play_gifts)
register_cost(Cost("gifts", _("gifts handed over"), 20, cost_by_unit))
declare(How.STRICT, "campaigns.GiftRequest.unit", "campaigns.GiftRequest.person")
declare(
    How.STRICT,
    *("campaigns.GiftPlanLine.unit", "campaigns.GiftPlanLine.person"),
    *("campaigns.GiftSchedule.unit", "campaigns.GiftSchedule.person"),
)
register_resource(GIFTS)
