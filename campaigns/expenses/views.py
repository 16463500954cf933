"""Pages of expense claims: the list, one claim with its receipts, handing in, paying, the paper."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from campaigns.expenses import permissions, services
from campaigns.expenses.documents import claim_sheet
from campaigns.expenses.forms import CancelForm, ClaimForm, PayForm, ReceiptForm
from campaigns.expenses.models import ExpenseClaim, Receipt
from campaigns.expenses.selectors import phone_of, ride_words
from campaigns.expenses.tables import CLAIMS
from campaigns.expenses.terms import STATE_TONES, ClaimState
from kam.approvals.selectors import request_for
from kam.core.answers import answer_form, refused
from kam.core.errors import BusinessError
from kam.core.toasts import toast
from kam.lists.http import list_response
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked, require
from visits.visits.models import Visit


@require_GET
def list_claims(request: AuthedRequest) -> HttpResponseBase:
    """Claims that one sees."""
    require(permissions.can_claim(request.user))
    return list_response(request, CLAIMS, page="campaigns/expenses/list.html")


def claim_or_404(request: AuthedRequest, pk: int) -> ExpenseClaim:
    """Return a claim that the person may see."""
    rows = ExpenseClaim.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("claimant", "line__budget", "paid_by"), pk=pk)


@require_http_methods(["GET", "POST"])
def begin_claim(request: AuthedRequest) -> HttpResponse:
    """Begin a claim."""
    require(permissions.can_claim(request.user))
    form = ClaimForm(request.POST or None, user=request.user)

    def act(told: dict[str, Any]) -> str:
        return services.begin_claim(told["purpose"], told["line"], by=request.user).get_absolute_url()

    title, submit = _("New claim"), _("Next: receipts")
    return answer_form(request, form, title=title, back="/expenses/", act=act, submit=submit)


@require_GET
def show_claim(request: AuthedRequest, pk: int) -> HttpResponse:
    """One claim: receipts with their pictures, the sum, its course."""
    claim = claim_or_404(request, pk)
    context = {
        "claim": claim,
        "tone": STATE_TONES[ClaimState(claim.state)],
        "receipts": claim.receipts.select_related("file", "visit__unit"),
        "months": phone_of(claim),
        "rides": ride_words(claim),
        "visits": set(
            Visit.objects.visible_to(request.user).filter(receipts__claim=claim).values_list("pk", flat=True)
        ),
        "decision": request_for(services.SUBJECT, claim, reader=request.user),
        "can_edit": permissions.can_edit_claim(request.user, claim),
        "can_cancel": permissions.can_cancel_claim(request.user, claim),
        "can_pay": permissions.can_pay_claim(request.user, claim),
    }
    return render(request, "campaigns/expenses/claim.html", context)


@require_http_methods(["GET", "POST"])
def add_receipt(request: AuthedRequest, pk: int) -> HttpResponse:
    """Add a receipt with its picture."""
    claim = claim_or_404(request, pk)
    require(permissions.can_edit_claim(request.user, claim))
    form = ReceiptForm(request.POST or None, request.FILES or None, user=request.user)

    def act(told: dict[str, Any]) -> None:
        services.add_receipt(claim, told, told["file"], by=request.user)

    title = _("Receipt for %(claim)s") % {"claim": claim.number}
    return answer_form(request, form, title=title, back=claim.get_absolute_url(), act=act)


@require_POST
def drop_receipt(request: AuthedRequest, pk: int) -> HttpResponse:
    """Take a receipt out of a draft."""
    claims = ExpenseClaim.objects.visible_to(request.user)
    rows = Receipt.objects.filter(claim__in=claims).select_related("claim", "file")
    receipt = get_object_or_404(rows, pk=pk)
    require(permissions.can_edit_claim(request.user, receipt.claim))
    services.drop_receipt(receipt, by=request.user)
    toast(request, _("Receipt taken out."))
    return redirect(receipt.claim)


@require_POST
def submit_claim(request: AuthedRequest, pk: int) -> HttpResponse:
    """Hand it in."""
    claim = claim_or_404(request, pk)
    require(permissions.can_edit_claim(request.user, claim))
    try:
        services.submit_claim(claim, by=request.user)
    except BusinessError as error:
        return refused(request, error, back=claim.get_absolute_url())
    toast(request, _("Handed in for approval."))
    return redirect(claim)


@require_http_methods(["GET", "POST"])
def pay_claim(request: AuthedRequest, pk: int) -> HttpResponse:
    """Pay it, once."""
    claim = claim_or_404(request, pk)
    require(permissions.can_pay_claim(request.user, claim))
    form = PayForm(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        services.pay_claim(claim, document=told["document"], by=request.user)

    title = _("Pay %(amount)s yuan to %(name)s") % {
        "amount": f"{claim.amount:,.2f}",
        "name": claim.claimant.name,
    }
    back = claim.get_absolute_url()
    return answer_form(request, form, title=title, back=back, act=act, submit=_("Paid"))


@require_http_methods(["GET", "POST"])
def cancel_claim(request: AuthedRequest, pk: int) -> HttpResponse:
    """Cancel what was approved and is not paid yet."""
    claim = claim_or_404(request, pk)
    require(permissions.can_cancel_claim(request.user, claim))
    form = CancelForm(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        services.cancel_claim(claim, told["reason"], by=request.user)

    title = _("Cancel the claim %(claim)s") % {"claim": claim.number}
    back = claim.get_absolute_url()
    return answer_form(request, form, title=title, back=back, act=act, submit=_("Cancel the claim"))


@require_GET
def print_claim(request: AuthedRequest, pk: int) -> HttpResponse:
    """The claim as a form to be signed."""
    claim = claim_or_404(request, pk)
    sheet = claim_sheet(claim, language=language_asked(request))
    return pdf_response(sheet, by=request.user, filename=f"{claim.number}.pdf")
