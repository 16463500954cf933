"""Pages of budgets: lists, one budget with its lines and entries, drafting, papers."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from campaigns.budgets import permissions, services
from campaigns.budgets.documents import budget_sheet, statement_sheet
from campaigns.budgets.forms import HeadForm, LinesForm
from campaigns.budgets.models import Budget, BudgetLine
from campaigns.budgets.selectors import (
    MOST_COUNTED,
    changes_of,
    count_entries,
    newest_entries,
    open_reservations,
    planned_of,
    shown_budget,
    time_passed,
)
from campaigns.budgets.tables import BUDGETS, ENTRIES, LINES
from campaigns.budgets.terms import STATE_TONES, BudgetState
from kam.core.answers import refused
from kam.core.asked import number_in
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.forms import add_business_error
from kam.core.toasts import toast
from kam.lists.http import list_response
from kam.lists.spec import ListSpec
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked, require

#: So many entries stand beside the lines; the list of the ledger has all.
NEWEST, LINE_ENTRIES = 12, 40
#: So many reservations stand there, the oldest; `?held=all` shows every one.
OLDEST_HELD = 20


def _list(request: AuthedRequest, spec: ListSpec, page: str = "lists/page.html") -> HttpResponseBase:
    require(permissions.can_see_budgets(request.user))
    extra = {"can_add_budget": permissions.can_add_budget(request.user)}
    return list_response(request, spec, page=page, context=extra)


@require_GET
def list_budgets(request: AuthedRequest) -> HttpResponseBase:
    """Every budget that one sees, with what is spent, reserved and free."""
    return _list(request, BUDGETS, "campaigns/budgets/list.html")


@require_GET
def list_lines(request: AuthedRequest) -> HttpResponseBase:
    """The lines that hold money."""
    return _list(request, LINES)


@require_GET
def list_entries(request: AuthedRequest) -> HttpResponseBase:
    """Every entry of the ledger."""
    return _list(request, ENTRIES)


def budget_or_404(request: AuthedRequest, pk: int) -> Budget:
    """Return a budget that the person may see."""
    rows = Budget.objects.visible_to(request.user).select_related("campaign", "drafted_by", "approved_by")
    return get_object_or_404(rows, pk=pk)


def _line_of(request: AuthedRequest, budget: Budget) -> BudgetLine | None:
    """Return the line that the address names, if it is one of this budget."""
    pk = number_in(request.GET.get("line"))
    return None if pk is None else budget.lines.filter(pk=pk).first()


@require_GET
def show_budget(request: AuthedRequest, pk: int) -> HttpResponse:
    """One budget: its lines with bars, the ledger of the chosen line, reports, reservations."""
    budget = budget_or_404(request, pk)
    line = _line_of(request, budget)
    user = request.user
    shown = shown_budget(budget)
    leaves = [line.pk] if line else [row.line.pk for row in shown.lines if row.is_leaf]
    count = count_entries(leaves)
    is_all = request.GET.get("held") == "all"
    context = {
        "budget": budget,
        "shown": shown,
        "tone": STATE_TONES[BudgetState(budget.state)],
        "line": line,
        "entries": newest_entries(leaves, LINE_ENTRIES if line else NEWEST, reader=user),
        "count": min(count, MOST_COUNTED),
        "has_more": count > MOST_COUNTED,
        "changes": changes_of(budget),
        "held": open_reservations(leaves, user, most=None if is_all else OLDEST_HELD),
        "passed": time_passed(budget, business_date()),
        "can_edit": permissions.can_edit_budget(user, budget),
        "can_ask": permissions.can_ask_change(user, budget),
        "can_book": permissions.can_book(user, budget),
        "can_copy": permissions.can_add_budget(user) and budget.state not in {"draft", "pending"},
    }
    return render(request, "campaigns/budgets/budget.html", context)


@require_http_methods(["GET", "POST"])
def add_budget(request: AuthedRequest) -> HttpResponse:
    """Draft a budget with its lines."""
    require(permissions.can_add_budget(request.user))
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
def edit_budget(request: AuthedRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    budget = budget_or_404(request, pk)
    require(permissions.can_edit_budget(request.user, budget))
    return _edit(request, budget)


def _edit(request: AuthedRequest, budget: Budget | None) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    head = HeadForm(posted, user=request.user, initial=_initial(budget))
    lines = LinesForm(posted=posted, lines=planned_of(budget) if budget else None)
    status = 200
    if posted is not None:
        saved, status = _keep(request, budget, head, lines)
        if saved is not None:
            toast(request, _("Draft saved."))
            return redirect(saved)
    back = budget.get_absolute_url() if budget else reverse("budgets")
    context = {"head": head, "form": lines, "budget": budget, "back": back}
    return render(request, "campaigns/budgets/edit.html", context, status=status)


def _keep(
    request: AuthedRequest, budget: Budget | None, head: HeadForm, lines: LinesForm
) -> tuple[Budget | None, int]:
    """Return the draft as saved, or None and the status of the answer."""
    valid = [head.is_valid(), lines.is_valid()]  # both tell their errors
    if not all(valid):
        return None, 422
    told = dict(head.cleaned_data)
    version = told.pop("version") or 0
    try:
        if budget is None:
            return services.draft_budget(services.Head(**told), lines.planned(), by=request.user), 200
        kept = services.redraft(
            budget, services.Head(**told), lines.planned(), by=request.user, version=version
        )
    except BusinessError as error:
        if (error.field or "") in head.fields:
            add_business_error(head, error)
        else:
            lines.refuse(error)
        return None, error.status
    return kept, 200


def _initial(budget: Budget | None) -> dict[str, Any]:
    if budget is None:
        return {}
    return {name: getattr(budget, name) for name in ("name", "starts_on", "ends_on", "note", "version")} | {
        "campaign": budget.campaign_id
    }


@require_POST
def submit_budget(request: AuthedRequest, pk: int) -> HttpResponse:
    """Hand the draft in for approval."""
    budget = budget_or_404(request, pk)
    require(permissions.can_edit_budget(request.user, budget))
    try:
        services.submit_budget(budget, by=request.user)
    except BusinessError as error:
        return refused(request, error, back=budget.get_absolute_url())
    toast(request, _("Handed in for approval."))
    return redirect(budget)


@require_POST
def copy_budget(request: AuthedRequest, pk: int) -> HttpResponse:
    """Copy the lines to a new draft."""
    budget = budget_or_404(request, pk)
    require(permissions.can_add_budget(request.user))
    try:
        copy = services.copy_budget(budget, by=request.user)
    except BusinessError as error:
        return refused(request, error, back=budget.get_absolute_url())
    return redirect("budget-edit", pk=copy.pk)


@require_GET
def print_budget(request: AuthedRequest, pk: int) -> HttpResponse:
    """The budget as a form to be signed."""
    budget = budget_or_404(request, pk)
    sheet = budget_sheet(budget, language=language_asked(request))
    return pdf_response(sheet, by=request.user, filename=f"{budget.number}.pdf")


@require_GET
def print_statement(request: AuthedRequest, pk: int) -> HttpResponse:
    """The ledger of the budget, or of the line that `?line=` names."""
    budget = budget_or_404(request, pk)
    sheet = statement_sheet(
        budget, _line_of(request, budget), reader=request.user, language=language_asked(request)
    )
    return pdf_response(sheet, by=request.user, filename=f"{sheet.number}-ledger.pdf")
