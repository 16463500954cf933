"""Pages of the account plan: the one in force and the draft, writing, submitting, reviewing, printing."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.development import services_plan
from accounts.development.documents import plan_sheet
from accounts.development.forms import PlanSheet, ReviewForm
from accounts.development.models import AccountPlan
from accounts.development.permissions import can_write_plan
from accounts.development.selectors.plans import plan_being_written, plan_in_force, shown_plan
from accounts.units.models import KeyAccount
from accounts.units.views import unit_or_404
from kam.approvals.selectors import request_for
from kam.core.answers import answer_form, refused
from kam.core.asked import number_in
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.toasts import toast
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked, require


def _back(unit: KeyAccount) -> str:
    return reverse("unit-plan", args=[unit.pk])


@require_GET
def show_plan(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """The plan in force, the draft beside it, and every revision; `?revision=` shows an old one."""
    unit, today = unit_or_404(request, unit_pk), business_date()
    number = number_in(request.GET.get("revision"))
    in_force, draft = plan_in_force(unit), plan_being_written(unit)
    rows = AccountPlan.objects.filter(unit=unit).select_related("unit", "author")
    asked = get_object_or_404(rows, revision=number) if number else in_force or draft
    context = {
        "unit": unit,
        "shown": shown_plan(asked, today) if asked else None,
        "draft": draft if draft != asked else None,
        "revisions": rows[:30],
        "can_write": can_write_plan(request.user, unit),
        "request_pk": _request_pk(request, asked),
        "today": today,
    }
    return render(request, "accounts/development/plan.html", context)


def _request_pk(request: AuthedRequest, plan: AccountPlan | None) -> int | None:
    """Return the approval of a plan, for those who may open it."""
    found = request_for(services_plan.SUBJECT, plan, reader=request.user) if plan else None
    return found.pk if found else None


@require_POST
def begin(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    unit = unit_or_404(request, unit_pk)
    require(can_write_plan(request.user, unit))
    services_plan.begin_plan(unit, by=request.user)
    return redirect("unit-plan-edit", unit_pk=unit.pk)


@require_http_methods(["GET", "POST"])
def edit(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Write the draft as a whole; the second button adds empty rows."""
    unit = unit_or_404(request, unit_pk)
    require(can_write_plan(request.user, unit))
    plan = plan_being_written(unit)
    if plan is None or not plan.is_open:
        return redirect(_back(unit))
    sheet, status, problem = PlanSheet(plan, request.user, request.POST or None), 200, ""
    if request.method == "POST":
        status = 422
        if sheet.is_valid():
            try:
                services_plan.write_plan(plan, by=request.user, **sheet.values())
            except BusinessError as error:
                status, problem = error.status, str(error)
            else:
                toast(request, _("Plan saved."))
                more = "more" in request.POST
                return redirect("unit-plan-edit", unit_pk=unit.pk) if more else redirect(_back(unit))
    context = {"unit": unit, "plan": plan, "sheet": sheet, "problem": problem}
    return render(request, "accounts/development/edit_plan.html", context, status=status)


@require_POST
def submit(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    unit = unit_or_404(request, unit_pk)
    require(can_write_plan(request.user, unit))
    plan = plan_being_written(unit)
    seen = number_in(request.POST.get("seen")) or 0
    if plan is None:
        return redirect(_back(unit))
    try:
        services_plan.submit_plan(plan, by=request.user, version=seen)
    except BusinessError as error:
        return refused(request, error, back=_back(unit))
    toast(request, _("Plan submitted."))
    return redirect(_back(unit))


@require_http_methods(["GET", "POST"])
def review(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    unit = unit_or_404(request, unit_pk)
    require(can_write_plan(request.user, unit))
    plan = plan_in_force(unit)
    if plan is None:
        return redirect(_back(unit))
    form = ReviewForm(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        services_plan.review_plan(
            plan, conclusion=told["conclusion"], next_on=told["next_on"], by=request.user
        )

    title = _("Review of the plan for %(name)s") % {"name": unit.name}
    return answer_form(request, form, title=title, back=_back(unit), act=act)


@require_GET
def print_plan(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """A revision as PDF, the one in force where none is named."""
    unit = unit_or_404(request, unit_pk)
    number = number_in(request.GET.get("revision"))
    rows = AccountPlan.objects.filter(unit=unit).select_related("unit", "author")
    plan = (
        get_object_or_404(rows, revision=number)
        if number
        else plan_in_force(unit) or plan_being_written(unit)
    )
    if plan is None:
        return redirect(_back(unit))
    language = language_asked(request)
    sheet = plan_sheet(plan, language=language)
    return pdf_response(
        sheet, by=request.user, filename=f"{unit.file_number or unit.pk}-plan-{plan.revision}.pdf"
    )
