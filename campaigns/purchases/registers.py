"""What purchases give to the frames: acts, the subject of approval, pages, who may open the paper of an offer, the demo part."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from campaigns.budgets.payables import register_payable
from campaigns.budgets.selectors import budget_card
from campaigns.purchases import services
from campaigns.purchases.demo import play_purchases
from campaigns.purchases.models import Offer, Purchase
from campaigns.purchases.permissions import can_purchase
from campaigns.purchases.services import FILES, SUBJECT
from campaigns.purchases.tables import PURCHASES
from campaigns.purchases.terms import PurchaseState
from kam.approvals.registry import Subject, register
from kam.approvals.rules import Facts
from kam.audit.records import register_history, register_words, visible_row
from kam.audit.registry import register_act
from kam.core.days import say_day
from kam.demo.registry import register_part
from kam.files.registry import register_owner
from kam.notes.registry import register_link
from kam.search.registry import register_action, register_page
from kam.settings_rows.registry import define
from kam.users.models import User

__all__ = ["PURCHASES"]  # workers write its files

register_act("campaigns.purchase.begun", _("Purchase begun"))
register_act("campaigns.purchase.edited", _("Purchase changed"))
register_act("campaigns.purchase.offer_added", _("Offer added to a purchase"))
register_act("campaigns.purchase.offer_dropped", _("Offer taken out of a purchase"))
register_act("campaigns.purchase.offer_chosen", _("Offer chosen for a purchase"))
register_act("campaigns.purchase.pending", _("Purchase handed in"))
register_act("campaigns.purchase.draft", _("Purchase returned for changes"))
register_act("campaigns.purchase.approved", _("Purchase approved"))
register_act("campaigns.purchase.received", _("Goods of a purchase received"))
register_act("campaigns.purchase.paid", _("Purchase paid"))
register_act("campaigns.purchase.cancelled", _("Purchase cancelled"))
register_act("campaigns.purchase.rejected", _("Purchase rejected"))
register_act("campaigns.purchase.withdrawn", _("Purchase withdrawn"))
register_history("campaigns.purchase", Purchase, load=visible_row(Purchase.objects))
register_words(
    Purchase,
    label={"amount": _("Amount"), "supplier": _("Supplier"), "title": _("What is to be bought")}.get,
    text=lambda _name, _value: None,
)
register_link("purchase", lambda pk: f"/purchases/{int(pk)}/")
define(
    "purchase_offers_from",
    Decimal(1000),
    label=_("A purchase of this amount takes several offers"),
    unit=_("yuan"),
    group=_("Expenses"),
)
define(
    "purchase_offers_count",
    2,
    label=_("Offers of such a purchase"),
    unit=_("offers"),
    group=_("Expenses"),
)


def _may_open(user: User, owner_id: str) -> bool:
    seen = Purchase.objects.visible_to(user)
    return Offer.objects.filter(pk=owner_id, purchase__in=seen).exists()


def _may_add(_user: User, _owner_id: str) -> bool:
    """Papers come with their offer only."""
    return False


register_owner(FILES, _("Offer of a supplier"), may_read=_may_open, may_add=_may_add)


def _snapshot(purchase: Purchase) -> Mapping[str, Any]:
    """Return what the decider sees: reason and plan, every offer and which is chosen, the money before and after."""
    heads = (_("Supplier"), _("Delivers on"), _("Why this one"), _("Amount in yuan"))
    return {
        "title": f"{purchase.number} · {purchase.title}",
        "subtitle": purchase.asked_by.name,
        "amount": purchase.amount,
        "why": purchase.reason,
        "flags": [str(_("Urgent: without a plan."))] if not purchase.plan else [],
        "facts": [[str(_("Plan")), purchase.plan or "–"]]
        + ([[str(_("Needed by")), say_day(purchase.needed_on)]] if purchase.needed_on else []),
        "budget": budget_card(purchase.line, purchase.amount),
        "line_heads": [str(head) for head in heads],
        "lines": [
            [
                f"✓ {row.supplier}" if row.is_chosen else row.supplier,
                say_day(row.delivers_on) if row.delivers_on else "–",
                row.why or row.note or "–",
                f"{row.amount:,.2f}",
            ]
            for row in purchase.offers.all()
        ],
        "url": purchase.get_absolute_url(),
    }


register(
    Subject(
        key=SUBJECT,
        model=Purchase,
        label=_("Purchase"),
        group=_("Money"),
        icon="shopping-cart",
        snapshot=_snapshot,
        facts=lambda purchase: Facts(amount=purchase.amount),
        requester=lambda purchase: purchase.asked_by,
        url=lambda purchase: purchase.get_absolute_url(),
        return_reasons=(_("Another offer is missing"), _("The plan is not clear"), _("Another budget line")),
        bulk=True,
        on_approved=services.approve_purchase,
        on_returned=services.end_request(PurchaseState.DRAFT),
        on_rejected=services.end_request(PurchaseState.REJECTED),
        on_withdrawn=services.end_request(PurchaseState.WITHDRAWN),
    )
)
register_page(
    "campaigns.purchases", _("Purchases"), "/purchases/", icon="shopping-cart", visible=can_purchase, order=41
)
register_action(
    "campaigns.purchase_new", _("New purchase"), "/purchases/new/", icon="shopping-cart", visible=can_purchase
)
register_part(89, "purchases", play_purchases)
register_payable(
    "purchases",
    lambda _day: Purchase.objects.filter(state=PurchaseState.RECEIVED),
    ngettext_lazy(
        "%(n)s purchase received and to be paid, %(total)s yuan",
        "%(n)s purchases received and to be paid, %(total)s yuan",
        "n",
    ),
    "/purchases/",
)
