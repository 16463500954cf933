"""Pages of deals: the list, one deal with every step of its price, signing, cancelling, payments, a lost number."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.units.views import unit_or_404
from campaigns.deals.forms import CancelForm, DealForm, LossForm, PaymentForm, SignForm
from campaigns.deals.losses import decide_loss
from campaigns.deals.models import Crossing, Deal
from campaigns.deals.permissions import (
    can_cancel_deal,
    can_decide_loss,
    can_open_deal,
    can_receive_payment,
    can_see_deals,
    can_sign_deal,
)
from campaigns.deals.selectors import balance, lost_number, preview_of
from campaigns.deals.services import cancel_deal, open_deal, receive_payment, sign_deal
from campaigns.deals.tables import DEALS
from campaigns.deals.terms import DEAL_TONES, DealState
from campaigns.discounts.prices import shown_price
from kam.core.answers import answer_form
from kam.lists.http import list_response
from kam.users.http import AuthedRequest, require
from kam.users.models import User
from kam.users.terms import Position

#: What the address of a new deal may carry, e.g. from the buyer's earnest money.
KNOWN_BEFORE = ("campaign", "customer", "product", "object_label", "offer_on")


@require_GET
def list_deals(request: AuthedRequest) -> HttpResponseBase:
    """Deals of the units that one sees; the director sees first what waits for a decision."""
    require(can_see_deals(request.user))
    is_director = request.user.position == Position.DIRECTOR
    losses = Crossing.objects.visible_to(request.user).to_decide().select_related("unit", "campaign", "deal")
    context = {"losses": list(losses) if is_director else []}
    return list_response(request, DEALS, page="campaigns/deals/list.html", context=context)


def deal_or_404(request: AuthedRequest, pk: int) -> Deal:
    """Return a deal that the person may see."""
    rows = Deal.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("unit", "campaign", "customer", "product", "owner", "group_version__campaign"),
        pk=pk,
    )


@require_GET
def show_deal(request: AuthedRequest, pk: int) -> HttpResponse:
    """One deal: how its price came about, what was paid, what was adjusted and why."""
    deal = deal_or_404(request, pk)
    due, paid, owed = balance(deal)
    context = {
        "deal": deal,
        "tone": DEAL_TONES[DealState(deal.state)],
        "price": shown_price(deal.priced or preview_of(deal)),
        "net": due,
        "paid": paid,
        "owed": owed,
        "given_back": -owed if owed < 0 else None,
        "payments": deal.payments.all(),
        "adjustments": deal.adjustments.select_related("crossing__deal"),
        "crossings": deal.crossings.all(),
        **_rights(request.user, deal),
    }
    return render(request, "campaigns/deals/deal.html", context)


def _rights(user: User, deal: Deal) -> dict[str, bool]:
    return {
        "can_sign": can_sign_deal(user, deal),
        "can_cancel": can_cancel_deal(user, deal),
        "can_pay": can_receive_payment(user, deal),
        "can_rebate": deal.state != DealState.AGREED and user.position != Position.FINANCE,
    }


@require_http_methods(["GET", "POST"])
def new_deal(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Write down a deal with one person of the unit."""
    unit = unit_or_404(request, unit_pk)
    require(can_open_deal(request.user, unit))
    known = {name: request.GET[name] for name in KNOWN_BEFORE if request.GET.get(name)}
    form = DealForm(request.POST or None, unit=unit, initial=known)

    def act(_told: dict[str, Any]) -> str:
        return open_deal(unit, form.terms(), by=request.user).get_absolute_url()

    title = _("New deal with %(unit)s") % {"unit": unit.name}
    return answer_form(request, form, title=title, back=unit.get_absolute_url(), act=act)


@require_http_methods(["GET", "POST"])
def sign(request: AuthedRequest, pk: int) -> HttpResponse:
    """Sign: the price is worked out and kept, earlier deals are credited where the number is reached."""
    deal = deal_or_404(request, pk)
    require(can_sign_deal(request.user, deal))
    form = SignForm(request.POST or None, initial={"version": deal.version})

    def act(told: dict[str, Any]) -> None:
        sign_deal(deal, by=request.user, **told)

    title = _("Sign %(deal)s") % {"deal": deal.number}
    return answer_form(request, form, title=title, back=deal.get_absolute_url(), act=act, submit=_("Sign"))


@require_http_methods(["GET", "POST"])
def cancel(request: AuthedRequest, pk: int) -> HttpResponse:
    """Cancel with a reason."""
    deal = deal_or_404(request, pk)
    require(can_cancel_deal(request.user, deal))
    form = CancelForm(request.POST or None, initial={"version": deal.version})

    def act(told: dict[str, Any]) -> None:
        cancel_deal(deal, by=request.user, **told)

    title = _("Cancel %(deal)s") % {"deal": deal.number}
    return answer_form(
        request, form, title=title, back=deal.get_absolute_url(), act=act, submit=_("Cancel the deal")
    )


@require_http_methods(["GET", "POST"])
def pay(request: AuthedRequest, pk: int) -> HttpResponse:
    """Record a payment that finance received."""
    deal = deal_or_404(request, pk)
    require(can_receive_payment(request.user, deal))
    form = PaymentForm(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        receive_payment(deal, by=request.user, **told)

    title = _("Payment received on %(deal)s") % {"deal": deal.number}
    return answer_form(request, form, title=title, back=deal.get_absolute_url(), act=act)


@require_http_methods(["GET", "POST"])
def decide(request: AuthedRequest, pk: int) -> HttpResponse:
    """Decide about a lost number: keep what was given, or ask to charge it back."""
    rows = Crossing.objects.visible_to(request.user).select_related("unit", "campaign", "deal__customer")
    crossing = get_object_or_404(rows, pk=pk)
    require(can_decide_loss(request.user, crossing))
    initial = {"version": crossing.version}
    form = LossForm(request.POST or None, lost=lost_number(crossing), initial=initial)

    def act(told: dict[str, Any]) -> None:
        keep = told["what"] == "keep"
        decide_loss(crossing, keep=keep, reason=told["reason"], by=request.user, version=told["version"])

    title = _("%(unit)s fell below the number") % {"unit": crossing.unit.name}
    return answer_form(
        request,
        form,
        title=title,
        back=reverse("deals"),
        act=act,
        submit=_("Record the decision"),
        done=_("Decided."),
        template="campaigns/deals/loss.html",
    )
