"""Pages of equipment on loan: the list, asking, one loan, handing out, taking back, the paper."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kam.approvals.selectors import request_for
from kam.core.answers import answer_form, refused
from kam.core.asked import number_in
from kam.core.errors import BusinessError
from kam.core.toasts import toast
from kam.lists.http import list_response
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, require
from visits.equipment import permissions, services
from visits.equipment.documents import loan_sheet
from visits.equipment.forms import BackForm, LoanForm
from visits.equipment.models import Loan
from visits.equipment.tables import LOANS

_FORM = ["GET", "POST"]
_LIST = "/visits/equipment/"


@require_GET
def list_loans(request: AuthedRequest) -> HttpResponseBase:
    """Own loans, the team's, all of them for the clerk."""
    require(permissions.can_see_loans(request.user))
    context = {"can_ask": permissions.can_ask_loan(request.user)}
    return list_response(request, LOANS, page="visits/equipment/list.html", context=context)


def loan_or_404(request: AuthedRequest, pk: int) -> Loan:
    rows = Loan.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("user", "resource", "out_by", "back_by"), pk=pk)


@require_http_methods(_FORM)
def ask_loan(request: AuthedRequest) -> HttpResponse:
    """Ask for equipment."""
    require(permissions.can_ask_loan(request.user))
    form = LoanForm(request.POST or None, initial={"resource": number_in(request.GET.get("resource"))})

    def act(told: dict[str, Any]) -> str:
        days = (told["starts_on"], told["ends_on"])
        loan = services.ask_loan(told["resource"], told["purpose"], *days, by=request.user)
        return loan.get_absolute_url()

    return answer_form(
        request,
        form,
        title=_("Ask for equipment"),
        back=_LIST,
        act=act,
        submit=_("Hand in"),
        done=_("Handed in for approval."),
    )


@require_GET
def show_loan(request: AuthedRequest, pk: int) -> HttpResponse:
    """One loan: what, for what, who has it until when."""
    loan, user = loan_or_404(request, pk), request.user
    context = {
        "loan": loan,
        "decision": request_for(services.SUBJECT, loan, reader=request.user),
        "can_edit": permissions.can_edit_loan(user, loan),
        "can_cancel": permissions.can_cancel_loan(user, loan),
        "can_hand_out": permissions.can_hand_out(user, loan),
        "can_take_back": permissions.can_take_back(user, loan),
    }
    return render(request, "visits/equipment/loan.html", context)


@require_http_methods(_FORM)
def edit_loan(request: AuthedRequest, pk: int) -> HttpResponse:
    """Write a returned request anew."""
    loan = loan_or_404(request, pk)
    require(permissions.can_edit_loan(request.user, loan))
    initial = {name: getattr(loan, name) for name in LoanForm.base_fields}
    form = LoanForm(request.POST or None, initial=initial)

    def act(told: dict[str, Any]) -> None:
        days = (told["starts_on"], told["ends_on"])
        version = told["version"] or 0
        services.ask_again(loan, told["resource"], told["purpose"], *days, by=request.user, version=version)

    back = loan.get_absolute_url()
    return answer_form(request, form, title=str(loan), back=back, act=act, submit=_("Hand in again"))


@require_POST
def cancel_loan(request: AuthedRequest, pk: int) -> HttpResponse:
    """It is not needed."""
    loan = loan_or_404(request, pk)
    require(permissions.can_cancel_loan(request.user, loan))
    return _done(request, loan, lambda: services.cancel_loan(loan, by=request.user), _("Cancelled."))


@require_POST
def hand_out(request: AuthedRequest, pk: int) -> HttpResponse:
    """The clerk gives it out."""
    loan = loan_or_404(request, pk)
    require(permissions.can_hand_out(request.user, loan))
    return _done(request, loan, lambda: services.hand_out(loan, by=request.user), _("Handed out."))


def _done(request: AuthedRequest, loan: Loan, act: Callable[[], Any], words: str) -> HttpResponse:
    try:
        act()
    except BusinessError as error:
        return refused(request, error, back=loan.get_absolute_url())
    toast(request, words)
    return redirect(loan)


@require_http_methods(_FORM)
def take_back(request: AuthedRequest, pk: int) -> HttpResponse:
    """It came back."""
    loan = loan_or_404(request, pk)
    require(permissions.can_take_back(request.user, loan))
    form = BackForm(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        services.take_back(loan, condition=told["condition"], by=request.user)

    title = _("%(equipment)s came back") % {"equipment": loan.resource.name}
    return answer_form(request, form, title=title, back=loan.get_absolute_url(), act=act)


@require_GET
def print_loan(request: AuthedRequest, pk: int) -> HttpResponse:
    """The request as a form to be signed."""
    loan = loan_or_404(request, pk)
    sheet = loan_sheet(loan, language=request.user.language)
    return pdf_response(sheet, by=request.user, filename=f"{loan.number}.pdf")
