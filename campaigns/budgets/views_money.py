"""Pages that move money or ask for it: reports, and what finance books by hand."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from campaigns.budgets import permissions, services
from campaigns.budgets.documents import overrun_of, report_sheet, sides_of
from campaigns.budgets.forms import (
    BookForm,
    OverrunForm,
    ReverseForm,
    SpendForm,
    SupplementForm,
    TransferForm,
)
from campaigns.budgets.models import Budget, BudgetChange, Movement
from campaigns.budgets.selectors import open_of
from campaigns.budgets.terms import CHANGE_TONES, ChangeKind, ChangeState, MovementKind
from campaigns.budgets.views import budget_or_404
from kam.core.answers import answer_form, refused
from kam.core.asked import number_in
from kam.core.errors import BusinessError
from kam.core.toasts import toast
from kam.notes.terms import SourceKey
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked, require

#: Documents that stand outside KAM, known by their number only.
PAPER = "paper"


def change_or_404(request: AuthedRequest, pk: int) -> BudgetChange:
    related = ("line__budget", "from_line", "asked_by", "payment__reservation")
    rows = BudgetChange.objects.select_related(*related)
    return get_object_or_404(rows.filter(line__budget__in=Budget.objects.visible_to(request.user)), pk=pk)


def entry_or_404(request: AuthedRequest, pk: int, kind: MovementKind) -> Movement:
    rows = Movement.objects.visible_to(request.user).select_related("line__budget")
    return get_object_or_404(rows, pk=pk, kind=kind)


def _report(told: dict[str, Any]) -> services.Report:
    return services.Report(told["line"], told["amount"], told["reason"], told.get("from_line"))


@require_http_methods(["GET", "POST"])
def ask_supplement(request: AuthedRequest, pk: int) -> HttpResponse:
    """Apply for more money on a line."""
    return _ask(request, pk, SupplementForm, _("Apply for a supplement"))


@require_http_methods(["GET", "POST"])
def ask_transfer(request: AuthedRequest, pk: int) -> HttpResponse:
    """Apply for money of another line."""
    return _ask(request, pk, TransferForm, _("Apply for a transfer between lines"))


def _ask(request: AuthedRequest, pk: int, shape: Any, title: str) -> HttpResponse:
    budget = budget_or_404(request, pk)
    require(permissions.can_ask_change(request.user, budget))
    initial = {"line": number_in(request.GET.get("line")), "amount": request.GET.get("amount")}
    form = shape(request.POST or None, budget=budget, initial=initial)

    def act(told: dict[str, Any]) -> str:
        return services.ask_change(_report(told), by=request.user).get_absolute_url()

    return answer_form(
        request,
        form,
        title=f"{title} · {budget.name}",
        back=budget.get_absolute_url(),
        act=act,
        submit=_("Hand in"),
        done=_("Handed in for approval."),
    )


@require_http_methods(["GET", "POST"])
def edit_change(request: AuthedRequest, pk: int) -> HttpResponse:
    """Write a returned report anew and hand it in again."""
    change = change_or_404(request, pk)
    require(permissions.can_edit_change(request.user, change))
    if change.kind == ChangeKind.OVERRUN:
        return _explain(request, change)
    shape: Any = SupplementForm if change.kind == ChangeKind.SUPPLEMENT else TransferForm
    initial = {name: getattr(change, name) for name in ("amount", "reason", "version")}
    initial |= {"line": change.line_id, "from_line": change.from_line_id}
    form = shape(request.POST or None, budget=change.line.budget, initial=initial)

    def act(told: dict[str, Any]) -> None:
        services.send_again(change, _report(told), by=request.user, version=told["version"] or 0)

    return answer_form(
        request,
        form,
        title=str(change),
        back=change.get_absolute_url(),
        act=act,
        submit=_("Hand in again"),
        done=_("Handed in for approval."),
    )


def _explain(request: AuthedRequest, change: BudgetChange) -> HttpResponse:
    """Say better why a bill came above what was approved; what was paid stands."""
    initial = {"reason": change.reason, "version": change.version}
    form = OverrunForm(request.POST or None, initial=initial)

    def act(told: dict[str, Any]) -> None:
        services.explain_overrun(change, told["reason"], by=request.user, version=told["version"] or 0)

    return answer_form(
        request,
        form,
        title=str(change),
        back=change.get_absolute_url(),
        act=act,
        submit=_("Hand in again"),
        done=_("Handed in for approval."),
    )


@require_GET
def show_change(request: AuthedRequest, pk: int) -> HttpResponse:
    """One report: what is asked, before and after, why."""
    change = change_or_404(request, pk)
    context = {
        "change": change,
        "budget": change.line.budget,
        "sides": sides_of(change),
        "overrun": overrun_of(change),
        "tone": CHANGE_TONES[ChangeState(change.state)],
        "can_edit": permissions.can_edit_change(request.user, change),
    }
    return render(request, "campaigns/budgets/report.html", context)


@require_GET
def print_change(request: AuthedRequest, pk: int) -> HttpResponse:
    """The report as a form to be signed."""
    change = change_or_404(request, pk)
    sheet = report_sheet(change, language=language_asked(request))
    return pdf_response(sheet, by=request.user, filename=f"{change.number}.pdf")


@require_http_methods(["GET", "POST"])
def book(request: AuthedRequest, pk: int) -> HttpResponse:
    """Finance books what no request stands for."""
    budget = budget_or_404(request, pk)
    require(permissions.can_book(request.user, budget))
    form = BookForm(request.POST or None, budget=budget, initial={"line": number_in(request.GET.get("line"))})

    def act(told: dict[str, Any]) -> str:
        source = SourceKey(PAPER, "", told["document"])
        do = services.book_payment if told["act"] == "spend" else services.reserve
        booked = do(told["line"], told["amount"], source=source, by=request.user, text=told["text"])
        return f"{budget.get_absolute_url()}?line={booked.line_id}"

    title = _("Book on %(budget)s") % {"budget": budget.name}
    return answer_form(
        request,
        form,
        title=title,
        back=budget.get_absolute_url(),
        act=act,
        submit=pgettext("ledger", "Book"),
        done=pgettext("ledger", "Booked."),
    )


def _line_url(entry: Movement) -> str:
    return f"{reverse('budget', args=[entry.line.budget_id])}?line={entry.line_id}"


@require_http_methods(["GET", "POST"])
def pay(request: AuthedRequest, pk: int) -> HttpResponse:
    """Pay a reservation; what is left of it is free again."""
    entry = entry_or_404(request, pk, MovementKind.RESERVE)
    require(permissions.can_book(request.user, entry.line.budget))
    initial = {"amount": open_of(entry), "document": entry.source_label, "text": entry.words}
    form = SpendForm(request.POST or None, initial=initial)

    def act(told: dict[str, Any]) -> None:
        source = SourceKey(PAPER, "", told["document"])
        why = told["over_reason"]
        services.spend(entry, told["amount"], source=source, by=request.user, text=told["text"], why=why)

    title = _("Pay %(document)s") % {"document": entry.source_label}
    return answer_form(
        request,
        form,
        title=title,
        back=_line_url(entry),
        act=act,
        submit=pgettext("ledger", "Book"),
        done=pgettext("ledger", "Booked."),
    )


@require_POST
def give_back(request: AuthedRequest, pk: int) -> HttpResponse:
    """Release what a reservation still holds."""
    entry = entry_or_404(request, pk, MovementKind.RESERVE)
    require(permissions.can_book(request.user, entry.line.budget))
    try:
        services.release(entry, by=request.user)
    except BusinessError as error:
        return refused(request, error, back=_line_url(entry))
    toast(request, _("Released."))
    return redirect(_line_url(entry))


@require_http_methods(["GET", "POST"])
def take_back(request: AuthedRequest, pk: int) -> HttpResponse:
    """Take a payment back, with the reason."""
    entry = entry_or_404(request, pk, MovementKind.SPEND)
    require(permissions.can_book(request.user, entry.line.budget))
    form = ReverseForm(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        services.reverse(entry, by=request.user, text=told["text"])

    title = _("Take back the payment %(document)s") % {"document": entry.source_label}
    return answer_form(
        request,
        form,
        title=title,
        back=_line_url(entry),
        act=act,
        submit=pgettext("ledger", "Take back"),
        done=pgettext("ledger", "Booked."),
    )
