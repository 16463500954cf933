"""The page before a meeting: whom, how, what is dangerous, what to ask."""

from datetime import date, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.units.models import KeyAccount
from kam.core.asked import day_in
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.forms import add_business_error
from kam.core.toasts import toast
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, require
from visits.plans.http import owner_of
from visits.plans.models import PlanLine
from visits.plans.permissions import can_edit_line, can_read_plans
from visits.plans.registers import plan_url
from visits.plans.rules import week_label
from visits.preparation import selectors, services
from visits.preparation.documents import five_questions_sheet, preparation_sheet
from visits.preparation.forms import PreparationForm, answer_name
from visits.preparation.models import PreparationSheet
from visits.preparation.rules import judge, merged_outline
from visits.preparation.services import Answers
from visits.preparation.terms import SelfQuestion


@require_GET
def show_day(request: AuthedRequest) -> HttpResponse:
    """Show one person's planned day."""
    require(can_read_plans(request.user))
    owner, day = owner_of(request), _day(request)
    context = {
        "owner": owner,
        "day": day,
        "previous": day - timedelta(days=1),
        "next": day + timedelta(days=1),
        "week": week_label(day),
        "data": selectors.day_seen(owner, day, reader=request.user),
    }
    return render(request, "visits/preparation/day.html", context)


@require_http_methods(["GET", "POST"])
def prepare(request: AuthedRequest, line: int) -> HttpResponse:
    """Show what is known before a planned meeting, and keep what was thought through."""
    row = _line(request, line)
    may_edit = can_edit_line(request.user, row)
    if request.method != "POST":
        return _page(request, row, PreparationForm(initial=_initial(row)), may_edit=may_edit)
    require(may_edit)
    form = PreparationForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, may_edit=may_edit, status=422)
    try:
        _save(request, row, form)
    except BusinessError as error:
        add_business_error(form, error)
        return _page(request, row, form, may_edit=may_edit, status=error.status)
    toast(request, _("Preparation saved."))
    return redirect("prepare", line=row.pk)


@require_GET
def print_preparation(request: AuthedRequest, line: int) -> HttpResponse:
    """Return the preparation as a sheet of paper."""
    row = _line(request, line)
    return pdf_response(
        preparation_sheet(row, language=request.user.language),
        by=request.user,
        filename=f"prepare-{row.pk}.pdf",
    )


@require_GET
def print_questions(request: AuthedRequest, form: str) -> HttpResponse:
    """Return the five self-questions as a wallet card or as a poster (S-061)."""
    require(can_read_plans(request.user))
    sheet = five_questions_sheet(form, language=request.user.language)
    return pdf_response(sheet, by=request.user, filename=f"five-questions-{form}.pdf")


def _day(request: AuthedRequest) -> date:
    text = request.GET.get("day", "")
    day = day_in(text) if text else business_date()
    if day is None:
        raise Http404
    return day


def _line(request: AuthedRequest, pk: int) -> PlanLine:
    """Return a line at a unit whose file is open to this person: who keeps the line of a unit that moved on keeps no more."""
    rows = PlanLine.objects.visible_to(request.user).filter(
        unit__in=KeyAccount.objects.visible_to(request.user)
    )
    return get_object_or_404(
        rows.select_related("plan__user", "plan__team", "unit", "vehicle").prefetch_related("persons"), pk=pk
    )


def _sheet(line: PlanLine) -> PreparationSheet | None:
    return PreparationSheet.objects.filter(line=line).prefetch_related("answers").first()


def _initial(line: PlanLine) -> dict[str, str]:
    sheet = _sheet(line)
    initial = {"outline": line.questions}
    if sheet is not None:
        initial |= {"homework": sheet.homework, "next_questions": sheet.next_questions}
        initial |= {f"answer_{a.question}": a.text for a in sheet.answers.all()}
    return initial


def _save(request: AuthedRequest, line: PlanLine, form: PreparationForm) -> None:
    data = form.cleaned_data
    unit = line.unit
    if unit is None:
        return
    file = selectors.file_of(unit)
    judgements = judge(selectors.known(file, line))
    answers: Answers = {q: (data[answer_name(q)], judgements[q]) for q in SelfQuestion}
    outline = merged_outline(data["outline"], request.POST.getlist("take"))
    services.save_preparation(
        line,
        by=request.user,
        outline=outline,
        answers=answers,
        homework=data["homework"],
        next_questions=data["next_questions"],
    )


def _page(
    request: AuthedRequest, line: PlanLine, form: PreparationForm, *, may_edit: bool, status: int = 200
) -> HttpResponse:
    if line.unit is None:
        raise ValueError("only lines with a unit are prepared")
    file = selectors.file_of(line.unit)
    groups = selectors.groups(file, line, _sheet(line))
    context = {
        "line": line,
        "unit": line.unit,
        "form": form,
        "may_edit": may_edit and line.is_planned,
        "meetings": selectors.meetings(file, line),
        "flags": file.flags,
        "missing": file.missing,
        "groups": [
            (group, [(row, form[answer_name(row.question)]) for row in group.rows]) for group in groups
        ],
        "answered": sum(1 for group in groups if group.is_answered),
        "suggestions": selectors.suggested_questions(file, line, selectors.carried_questions(line)),
        "back": plan_url(line.plan),
    }
    return render(request, "visits/preparation/prepare.html", context, status=status)
