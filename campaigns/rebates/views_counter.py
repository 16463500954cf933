"""Finance's counter: documents, payment of one or of several, the receipt, what is to be recovered."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from campaigns.rebates.documents import receipt_sheet
from campaigns.rebates.forms import CheckForm, PayForm, SettleForm
from campaigns.rebates.models import Rebate, RebatePayment, Recovery
from campaigns.rebates.permissions import can_check, can_pay, can_settle, is_finance
from campaigns.rebates.services import check_papers, pay, pay_many, settle
from campaigns.rebates.tables import REBATES
from campaigns.rebates.terms import RecoveryState
from campaigns.rebates.views import rebate_or_404
from kam.core.answers import answer_form, refused
from kam.core.errors import BusinessError
from kam.lists.http import selected_rows
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, require


@require_http_methods(["GET", "POST"])
def check(request: AuthedRequest, pk: int) -> HttpResponse:
    """Identity card, work permit, and who came along."""
    rebate = rebate_or_404(request, pk)
    require(can_check(request.user, rebate))
    form = CheckForm(request.POST or None, initial={"version": rebate.version})

    def act(told: dict[str, Any]) -> None:
        check_papers(rebate, form.papers(), by=request.user, version=told["version"])

    title = _("Documents of %(person)s") % {"person": rebate.person.name}
    submit = _("Documents were checked")
    return answer_form(request, form, title=title, back=rebate.get_absolute_url(), act=act, submit=submit)


@require_http_methods(["GET", "POST"])
def pay_one(request: AuthedRequest, pk: int) -> HttpResponse:
    """Pay; a second attempt is refused with day and name."""
    rebate = rebate_or_404(request, pk)
    require(can_pay(request.user, rebate))
    form = PayForm(request.POST or None, initial={"version": rebate.version})

    def act(told: dict[str, Any]) -> None:
        pay(rebate, by=request.user, **told)

    title = _("Pay %(amount)s yuan to %(person)s") % {
        "amount": f"{rebate.amount:,.2f}",
        "person": rebate.person.name,
    }
    return answer_form(request, form, title=title, back=rebate.get_absolute_url(), act=act, submit=_("Pay"))


@require_POST
def pay_selected(request: AuthedRequest) -> HttpResponse:
    """Pay what was ticked, each by itself; the page says what became of each."""
    require(is_finance(request.user))
    rows = selected_rows(request, REBATES).order_by("due_on", "pk")
    paid = pay_many(rows, by=request.user)
    return render(request, "campaigns/rebates/paid.html", {"paid": paid})


@require_GET
def print_receipt(request: AuthedRequest, pk: int) -> HttpResponse:
    """The receipt, once it is paid."""
    rebate: Rebate = rebate_or_404(request, pk)
    payment = RebatePayment.objects.filter(rebate=rebate).select_related("by").first()
    if payment is None:
        words = _("There is a receipt once it is paid.")
        return refused(request, BusinessError(words, code="unpaid"), back=rebate.get_absolute_url())
    payment.rebate = rebate
    return pdf_response(
        receipt_sheet(payment, by=request.user), by=request.user, filename=f"{rebate.number}.pdf"
    )


@require_http_methods(["GET", "POST"])
def recover(request: AuthedRequest, pk: int) -> HttpResponse:
    """Book what came back, or let it go."""
    seen = Recovery.objects.filter(rebate__in=Rebate.objects.visible_to(request.user))
    recovery = get_object_or_404(seen.select_related("rebate__person"), pk=pk)
    require(can_settle(request.user, recovery))
    form = SettleForm(request.POST or None, initial={"version": recovery.version})

    def act(told: dict[str, Any]) -> None:
        settle(recovery, by=request.user, **told | {"what": RecoveryState(told["what"])})

    title = _("Recovery of %(rebate)s") % {"rebate": recovery.rebate.number}
    return answer_form(request, form, title=title, back=recovery.rebate.get_absolute_url(), act=act)
