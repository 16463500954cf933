"""Pages of purchases: the list, one with its offers, handing in, what came, paying, the paper."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from campaigns.purchases import permissions, services
from campaigns.purchases.documents import purchase_sheet
from campaigns.purchases.forms import CancelForm, ChooseForm, OfferForm, PayForm, PurchaseForm, ReceiveForm
from campaigns.purchases.models import Offer, Purchase
from campaigns.purchases.selectors import lack_words
from campaigns.purchases.tables import PURCHASES
from kam.approvals.selectors import request_for
from kam.core.answers import answer_form, refused
from kam.core.errors import BusinessError
from kam.core.toasts import toast
from kam.lists.http import list_response
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked, require

_FORM = ["GET", "POST"]


@require_GET
def list_purchases(request: AuthedRequest) -> HttpResponseBase:
    """Purchases that one sees."""
    require(permissions.can_purchase(request.user))
    return list_response(request, PURCHASES, page="campaigns/purchases/list.html")


def purchase_or_404(request: AuthedRequest, pk: int) -> Purchase:
    rows = Purchase.objects.visible_to(request.user)
    related = ("asked_by", "line__budget", "received_by", "paid_by")
    return get_object_or_404(rows.select_related(*related), pk=pk)


def offer_or_404(request: AuthedRequest, pk: int) -> Offer:
    """Return an offer of a draft that is the person's to change."""
    seen = Purchase.objects.visible_to(request.user)
    rows = Offer.objects.filter(purchase__in=seen).select_related("purchase", "file")
    offer = get_object_or_404(rows, pk=pk)
    require(permissions.can_edit_purchase(request.user, offer.purchase))
    return offer


@require_http_methods(_FORM)
def begin_purchase(request: AuthedRequest) -> HttpResponse:
    """Begin a request."""
    require(permissions.can_purchase(request.user))
    form = PurchaseForm(request.POST or None, user=request.user)

    def act(_told: dict[str, Any]) -> str:
        return services.begin_purchase(form.told(), by=request.user).get_absolute_url()

    title, submit = _("New purchase"), _("Next: offers")
    return answer_form(request, form, title=title, back="/purchases/", act=act, submit=submit)


@require_GET
def show_purchase(request: AuthedRequest, pk: int) -> HttpResponse:
    """One purchase: reason and plan, offers, what came, what was paid."""
    purchase, user = purchase_or_404(request, pk), request.user
    can_edit = permissions.can_edit_purchase(user, purchase)
    context = {
        "purchase": purchase,
        "offers": purchase.offers.select_related("file"),
        "lack": lack_words(purchase) if can_edit else None,
        "decision": request_for(services.SUBJECT, purchase, reader=user),
        "can_edit": can_edit,
        "can_receive": permissions.can_receive(user, purchase),
        "can_cancel": permissions.can_cancel(user, purchase),
        "can_pay": permissions.can_pay(user, purchase),
    }
    return render(request, "campaigns/purchases/purchase.html", context)


@require_http_methods(_FORM)
def edit_purchase(request: AuthedRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    purchase = purchase_or_404(request, pk)
    require(permissions.can_edit_purchase(request.user, purchase))
    initial = {name: getattr(purchase, name) for name in (*services.FIELDS, "version")}
    form = PurchaseForm(request.POST or None, user=request.user, initial=initial)

    def act(told: dict[str, Any]) -> None:
        services.edit_purchase(purchase, form.told(), by=request.user, version=told["version"] or 0)

    return answer_form(request, form, title=str(purchase), back=purchase.get_absolute_url(), act=act)


@require_http_methods(_FORM)
def add_offer(request: AuthedRequest, pk: int) -> HttpResponse:
    """Add what a supplier asks."""
    purchase = purchase_or_404(request, pk)
    require(permissions.can_edit_purchase(request.user, purchase))
    form = OfferForm(request.POST or None, request.FILES or None)

    def act(told: dict[str, Any]) -> None:
        services.add_offer(purchase, told, told["file"], by=request.user)

    title = _("Offer for %(purchase)s") % {"purchase": purchase.title}
    return answer_form(request, form, title=title, back=purchase.get_absolute_url(), act=act)


@require_http_methods(_FORM)
def choose_offer(request: AuthedRequest, pk: int) -> HttpResponse:
    """Choose one, with a reason where another is cheaper."""
    offer = offer_or_404(request, pk)
    form = ChooseForm(request.POST or None, initial={"why": offer.why})

    def act(told: dict[str, Any]) -> None:
        services.choose_offer(offer, told["why"], by=request.user)

    title = _("Choose %(supplier)s, %(amount)s yuan") % {
        "supplier": offer.supplier,
        "amount": f"{offer.amount:,.2f}",
    }
    back = offer.purchase.get_absolute_url()
    return answer_form(request, form, title=title, back=back, act=act, submit=_("Choose"))


@require_POST
def drop_offer(request: AuthedRequest, pk: int) -> HttpResponse:
    """Take an offer out of a draft."""
    offer = offer_or_404(request, pk)
    act = lambda: services.drop_offer(offer, by=request.user)  # noqa: E731 -- handed on
    return _done(request, offer.purchase, act, _("Offer taken out."))


@require_POST
def submit_purchase(request: AuthedRequest, pk: int) -> HttpResponse:
    """Hand it in."""
    purchase = purchase_or_404(request, pk)
    require(permissions.can_edit_purchase(request.user, purchase))
    act = lambda: services.submit_purchase(purchase, by=request.user)  # noqa: E731 -- handed on
    return _done(request, purchase, act, _("Handed in for approval."))


def _done(request: AuthedRequest, purchase: Purchase, act: Callable[[], Any], words: str) -> HttpResponse:
    try:
        act()
    except BusinessError as error:
        return refused(request, error, back=purchase.get_absolute_url())
    toast(request, words)
    return redirect(purchase)


@require_http_methods(_FORM)
def receive_goods(request: AuthedRequest, pk: int) -> HttpResponse:
    """The buyer says what came."""
    purchase = purchase_or_404(request, pk)
    require(permissions.can_receive(request.user, purchase))
    form = ReceiveForm(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        services.receive_goods(purchase, told["received"], by=request.user)

    title = _("%(purchase)s: goods received") % {"purchase": purchase.title}
    return answer_form(request, form, title=title, back=purchase.get_absolute_url(), act=act)


@require_http_methods(_FORM)
def cancel_purchase(request: AuthedRequest, pk: int) -> HttpResponse:
    """Nothing is bought."""
    purchase = purchase_or_404(request, pk)
    require(permissions.can_cancel(request.user, purchase))
    form = CancelForm(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        services.cancel_purchase(purchase, told["reason"], by=request.user)

    title = _("Cancel %(purchase)s") % {"purchase": purchase.title}
    back = purchase.get_absolute_url()
    return answer_form(request, form, title=title, back=back, act=act, submit=_("Cancel the purchase"))


@require_http_methods(_FORM)
def pay_purchase(request: AuthedRequest, pk: int) -> HttpResponse:
    """Pay the bill, once."""
    purchase = purchase_or_404(request, pk)
    require(permissions.can_pay(request.user, purchase))
    form = PayForm(request.POST or None, initial={"amount": purchase.amount})

    def act(told: dict[str, Any]) -> None:
        services.pay_purchase(purchase, by=request.user, **told)

    title = _("Pay %(purchase)s") % {"purchase": purchase.title}
    back = purchase.get_absolute_url()
    return answer_form(request, form, title=title, back=back, act=act, submit=_("Paid"))


@require_GET
def print_purchase(request: AuthedRequest, pk: int) -> HttpResponse:
    """The purchase as a form to be signed."""
    purchase = purchase_or_404(request, pk)
    sheet = purchase_sheet(purchase, language=language_asked(request))
    return pdf_response(sheet, by=request.user, filename=f"{purchase.number}.pdf")
