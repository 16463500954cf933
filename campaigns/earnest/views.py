"""Pages of earnest money: the list, one buyer's with the serial, noting, confirming, dropping, asking for a refund, the receipt."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.units.models import KeyAccount
from accounts.units.views import unit_or_404
from campaigns.earnest.documents import receipt_sheet
from campaigns.earnest.forms import EarnestForm, ReceiptForm, RefundForm
from campaigns.earnest.models import Earnest
from campaigns.earnest.permissions import (
    can_change_earnest,
    can_confirm_receipt,
    can_note_for,
    can_note_ordinary,
    can_see_earnest,
)
from campaigns.earnest.selectors import choice_of
from campaigns.earnest.services import ask_refund, confirm_receipt, drop_earnest, note_earnest
from campaigns.earnest.tables import EARNEST
from campaigns.earnest.terms import EARNEST_TONES, EarnestState
from kam.core.answers import answer_form, refused
from kam.core.asked import number_in
from kam.core.errors import BusinessError
from kam.core.toasts import toast
from kam.lists.http import list_response
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, require
from kam.users.models import User


@require_GET
def list_earnest(request: AuthedRequest) -> HttpResponseBase:
    """Buyers who paid, or shall pay, as far as one sees them."""
    require(can_see_earnest(request.user))
    context = {"can_note": can_note_ordinary(request.user)}
    return list_response(request, EARNEST, page="campaigns/earnest/list.html", context=context)


def earnest_or_404(request: AuthedRequest, pk: int) -> Earnest:
    """Return earnest money that the person may see."""
    rows = Earnest.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("unit", "campaign", "person", "owner", "received_by", "refund_asked_by"), pk=pk
    )


@require_GET
def show_earnest(request: AuthedRequest, pk: int) -> HttpResponse:
    """One buyer's earnest money: serial, receipt, what was chosen."""
    earnest = earnest_or_404(request, pk)
    context = {
        "earnest": earnest,
        "tone": EARNEST_TONES[EarnestState(earnest.state)],
        "choice": choice_of(earnest),
        "deal_url": _deal_url(request.user, earnest),
        **_rights(request.user, earnest),
    }
    return render(request, "campaigns/earnest/earnest.html", context)


def _rights(user: User, earnest: Earnest) -> dict[str, bool]:
    is_theirs = can_change_earnest(user, earnest)
    return {
        "can_confirm": can_confirm_receipt(user, earnest),
        "can_drop": is_theirs and earnest.state == EarnestState.NOTED,
        "can_refund": is_theirs and earnest.state == EarnestState.RECEIVED,
    }


def _deal_url(user: User, earnest: Earnest) -> str:
    """Return where the deal is written down, with what is known already; "" where this person does not write it."""
    if earnest.unit is None or earnest.received_at is None or not can_change_earnest(user, earnest):
        return ""
    if earnest.state != EarnestState.RECEIVED:
        return ""
    choice = choice_of(earnest)
    told = {
        "campaign": earnest.campaign_id,
        "customer": earnest.person_id,
        "offer_on": timezone.localdate(earnest.received_at).isoformat(),
        "object_label": choice.object_label if choice else "",
        "product": (choice.product_id or "") if choice else "",
    }
    return f"/accounts/{earnest.unit_id}/deals/new/?{urlencode(told)}"


def _form(request: AuthedRequest, unit: KeyAccount | None) -> EarnestForm:
    """Return the form, filled with what the page of a registered customer knows."""
    known: dict[str, Any] = {n: number_in(request.GET.get(n)) for n in ("campaign", "person", "prospect")}
    known["name"] = request.GET.get("name", "")
    return EarnestForm(request.POST or None, unit=unit, user=request.user, initial=known)


@require_http_methods(["GET", "POST"])
def new_for_unit(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Note the earnest money of a person of the unit."""
    unit = unit_or_404(request, unit_pk)
    require(can_note_for(request.user, unit))
    form = _form(request, unit)

    def act(_told: dict[str, Any]) -> str:
        return note_earnest(form.terms(), unit=unit, by=request.user).get_absolute_url()

    title = _("Earnest money of a customer of %(unit)s") % {"unit": unit.name}
    return answer_form(request, form, title=title, back=unit.get_absolute_url(), act=act)


@require_http_methods(["GET", "POST"])
def new_ordinary(request: AuthedRequest) -> HttpResponse:
    """Note the earnest money of a buyer who belongs to no unit."""
    require(can_note_ordinary(request.user))
    form = _form(request, None)

    def act(_told: dict[str, Any]) -> str:
        return note_earnest(form.terms(), unit=None, by=request.user).get_absolute_url()

    return answer_form(
        request, form, title=_("Earnest money of an ordinary buyer"), back="/earnest/", act=act
    )


@require_http_methods(["GET", "POST"])
def confirm(request: AuthedRequest, pk: int) -> HttpResponse:
    """Finance confirms the receipt; the serial is drawn."""
    earnest = earnest_or_404(request, pk)
    require(can_confirm_receipt(request.user, earnest))
    form = ReceiptForm(request.POST or None, initial={"version": earnest.version})

    def act(told: dict[str, Any]) -> None:
        confirm_receipt(earnest, by=request.user, **told)

    title = _("%(amount)s yuan received from %(name)s") % {
        "amount": f"{earnest.amount:,.2f}",
        "name": earnest.name,
    }
    submit = _("Confirm and draw the serial")
    return answer_form(request, form, title=title, back=earnest.get_absolute_url(), act=act, submit=submit)


@require_POST
def drop(request: AuthedRequest, pk: int) -> HttpResponse:
    """It was never paid."""
    earnest = earnest_or_404(request, pk)
    require(can_change_earnest(request.user, earnest))
    try:
        drop_earnest(earnest, by=request.user, version=number_in(request.POST.get("version")) or 0)
    except BusinessError as error:
        return refused(request, error, back=earnest.get_absolute_url())
    toast(request, _("Dropped."))
    return redirect(earnest.get_absolute_url())


@require_http_methods(["GET", "POST"])
def give_back(request: AuthedRequest, pk: int) -> HttpResponse:
    """Ask for a refund."""
    earnest = earnest_or_404(request, pk)
    require(can_change_earnest(request.user, earnest))
    form = RefundForm(request.POST or None, initial={"version": earnest.version})

    def act(told: dict[str, Any]) -> None:
        ask_refund(earnest, by=request.user, **told)

    title = _("Refund of %(earnest)s") % {"earnest": earnest}
    return answer_form(
        request, form, title=title, back=earnest.get_absolute_url(), act=act, submit=_("Hand in")
    )


@require_GET
def print_receipt(request: AuthedRequest, pk: int) -> HttpResponse:
    """The receipt, once there is a serial."""
    earnest = earnest_or_404(request, pk)
    if earnest.serial is None:
        words = _("There is a receipt once finance has confirmed the money.")
        return refused(request, BusinessError(words, code="no_serial"), back=earnest.get_absolute_url())
    sheet = receipt_sheet(earnest, by=request.user)
    return pdf_response(sheet, by=request.user, filename=f"{earnest.number}.pdf")
