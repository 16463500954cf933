"""Pages of one score sheet: scoring it, giving it back, deciding, another scorer, the print."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.evaluation import services
from accounts.evaluation.documents import evaluation_sheet
from accounts.evaluation.forms import FocusForm, ReasonForm, ScorerForm, SheetForm, sheet_initial
from accounts.evaluation.models import ScoreSheet
from accounts.evaluation.permissions import can_decide_focus, can_score
from accounts.evaluation.rules import is_above
from accounts.evaluation.selectors import balances_of, lines_of, sheets_seen
from kam.core.answers import answer_form, renew
from kam.core.clock import business_date
from kam.core.errors import BusinessError, BusyError, ConflictError
from kam.core.forms import add_business_error
from kam.core.toasts import toast
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked, require

_FORM_METHODS = ["GET", "POST"]


def sheet_or_404(request: AuthedRequest, pk: int) -> ScoreSheet:
    return get_object_or_404(sheets_seen(request.user).prefetch_related("scores"), pk=pk)


@require_http_methods(_FORM_METHODS)
def show_sheet(request: AuthedRequest, pk: int) -> HttpResponse:
    """The sheet: a form for the one who scores it, a page for everybody else who may see the unit."""
    sheet = sheet_or_404(request, pk)
    may_score = can_score(request.user, sheet)
    if request.method == "POST":
        require(sheet.scorer_id == request.user.pk)
    form = _form(sheet, request.POST or None)
    status = 200
    if request.method == "POST":
        status = _save(request, sheet, form)
        if status == 200:
            return redirect(sheet)
    may_decide = sheet.round.is_running and can_decide_focus(request.user, sheet.unit)
    context = {
        "sheet": sheet,
        "unit": sheet.unit,
        "lines": form.lines,
        "form": form if may_score else None,
        "errors": form if request.method == "POST" else None,
        "is_above": is_above(sheet.points, sheet.round.criteria.line) if sheet.points is not None else None,
        "balance": balances_of([sheet.unit_id], business_date())[sheet.unit_id],
        "may_decide": may_decide and sheet.state == "submitted" and not sheet.decision,
        "may_assign": may_decide and sheet.state != "submitted",
    }
    return render(request, "accounts/evaluation/sheet.html", context, status=status)


def _form(sheet: ScoreSheet, data: Any = None) -> SheetForm:
    lines = lines_of(sheet, day=business_date())
    initial = sheet_initial(lines, comment=sheet.comment, version=sheet.version)
    return SheetForm(data, lines=lines, initial=initial)


def _save(request: AuthedRequest, sheet: ScoreSheet, form: SheetForm) -> int:
    if not form.is_valid():
        return 422
    is_final = request.POST.get("act") == "submit"
    try:
        services.save_scores(
            sheet,
            form.grades(),
            comments=form.comments(),
            comment=form.cleaned_data["comment"],
            by=request.user,
            version=form.cleaned_data["version"] or 0,
            submit=is_final,
        )
    except BusinessError as error:
        add_business_error(form, error)
        if isinstance(error, ConflictError) and not isinstance(error, BusyError):
            renew(form, _form(sheet_or_404(request, sheet.pk)))
        return error.status
    toast(request, _("Submitted.") if is_final else _("Draft saved."))
    return 200


@require_http_methods(_FORM_METHODS)
def decide(request: AuthedRequest, pk: int) -> HttpResponse:
    """Into the focus or not."""
    sheet = sheet_or_404(request, pk)
    require(can_decide_focus(request.user, sheet.unit))

    def form_of(sheet: ScoreSheet, data: Any = None) -> FocusForm:
        speaks_for = sheet.points is not None and is_above(sheet.points, sheet.round.criteria.line)
        return FocusForm(data, initial={"version": sheet.version, "focus": "yes" if speaks_for else "no"})

    form = form_of(sheet, request.POST or None)

    def act(told: dict[str, Any]) -> str:
        services.decide(
            sheet,
            focus=told["focus"] == "yes",
            by=request.user,
            reason=told["reason"],
            version=told["version"] or 0,
        )
        return sheet.round.get_absolute_url()

    words = {"name": sheet.unit.name, "points": sheet.points, "line": sheet.round.criteria.line}
    return answer_form(
        request,
        form,
        title=_("%(name)s: %(points)s points, line %(line)s") % words,
        back=sheet.get_absolute_url(),
        act=act,
        fresh=lambda: form_of(sheet_or_404(request, pk)),
    )


@require_http_methods(_FORM_METHODS)
def give_back(request: AuthedRequest, pk: int) -> HttpResponse:
    """Give a submitted sheet back to its scorer."""
    sheet = sheet_or_404(request, pk)
    require(can_decide_focus(request.user, sheet.unit))
    form = ReasonForm(request.POST or None, initial={"version": sheet.version})

    def act(told: dict[str, Any]) -> None:
        services.return_sheet(sheet, by=request.user, reason=told["reason"], version=told["version"] or 0)

    return answer_form(
        request,
        form,
        title=_("Return the sheet of %(name)s") % {"name": sheet.unit.name},
        back=sheet.get_absolute_url(),
        act=act,
        fresh=lambda: ReasonForm(initial={"version": sheet_or_404(request, pk).version}),
    )


@require_http_methods(_FORM_METHODS)
def assign(request: AuthedRequest, pk: int) -> HttpResponse:
    """Let another person score the unit."""
    sheet = sheet_or_404(request, pk)
    require(can_decide_focus(request.user, sheet.unit))
    form = ScorerForm(request.POST or None, unit=sheet.unit, initial={"scorer": sheet.scorer})

    def act(told: dict[str, Any]) -> None:
        services.change_scorer(sheet, scorer=told["scorer"], by=request.user)

    title = _("Who scores %(name)s?") % {"name": sheet.unit.name}
    return answer_form(request, form, title=title, back=sheet.get_absolute_url(), act=act)


@require_GET
def print_sheet(request: AuthedRequest, pk: int) -> HttpResponse:
    sheet = sheet_or_404(request, pk)
    document = evaluation_sheet(sheet, language=language_asked(request))
    return pdf_response(document, by=request.user, filename=f"{document.number}.pdf")
