"""The pages of single lines: planning one, editing one, putting one into another week."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.units.models import KeyAccount
from kam.core.asked import number_in
from kam.core.errors import BusinessError
from kam.core.forms import add_business_error
from kam.core.periods import Period
from kam.core.toasts import toast
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, require
from kam.users.models import User
from kam.users.scopes import scope_of, team_of
from visits.plans import permissions, services
from visits.plans.documents import plan_sheet
from visits.plans.forms import LineForm, PostponeForm
from visits.plans.http import line_of, owner_of, week_of
from visits.plans.models import PlanLine, WeekPlan
from visits.plans.registers import plan_url
from visits.plans.rules import week_period
from visits.plans.selectors import live_plan
from visits.plans.services import LineDraft
from visits.plans.terms import HalfDay, PlanState, VisitMode


@require_http_methods(["GET", "POST"])
def add_line(request: AuthedRequest) -> HttpResponse:
    """Plan one line; in an approved week it becomes a supplement and goes to approval at once."""
    owner, week = owner_of(request), week_of(request)
    team = team_of(owner)
    require(permissions.can_plan_for(request.user, owner, team.pk if team else None))
    if request.method != "POST":
        waiting = live_plan(owner, week)
        if waiting is not None and waiting.state == PlanState.PENDING:
            return _say_waiting(request, waiting)
        form = LineForm(owner=owner, week=week, is_new=True, initial=_wished(request, week))
        return _page(request, form, owner, week)
    form = LineForm(request.POST, owner=owner, week=week, is_new=True)
    if form.is_valid():
        year, number, _day = week.first.isocalendar()
        try:
            plan = services.open_week(owner, year=year, week=number, by=request.user)
            line = services.add_line(plan, _draft(form), by=request.user)
        except BusinessError as error:
            return _page(request, form, owner, week, error=error)
        return _added(request, line)
    return _page(request, form, owner, week, status=422)


@require_http_methods(["GET", "POST"])
def edit_line(request: AuthedRequest, pk: int) -> HttpResponse:
    """Change a line."""
    line = line_of(request, pk)
    owner, week = line.plan.user, week_period(line.plan.year, line.plan.week)
    if request.method != "POST":
        return _page(
            request, LineForm(owner=owner, week=week, initial=_initial(line)), owner, week, line=line
        )
    form = LineForm(request.POST, owner=owner, week=week)
    if form.is_valid():
        try:
            services.edit_line(
                line, _draft(form), by=request.user, version=form.cleaned_data["version"] or None
            )
        except BusinessError as error:
            return _page(request, form, owner, week, line=line, error=error)
        toast(request, _("Saved."))
        return redirect(plan_url(line.plan))
    return _page(request, form, owner, week, line=line, status=422)


@require_POST
def postpone_line(request: AuthedRequest, pk: int) -> HttpResponse:
    """Put a line into another week's plan."""
    line = line_of(request, pk)
    form = PostponeForm(request.POST)
    owner, week = line.plan.user, week_period(line.plan.year, line.plan.week)
    blank = LineForm(owner=owner, week=week, initial=_initial(line))
    if not form.is_valid():
        return _page(request, blank, owner, week, line=line, status=422, postpone=form)
    day = form.cleaned_data["day"]
    year, number, _weekday = day.isocalendar()
    try:
        to = services.open_week(owner, year=year, week=number, by=request.user)
        services.postpone_line(line, to=to, day=day, by=request.user, reason=form.cleaned_data["reason"])
    except BusinessError as error:
        add_business_error(form, error)
        return _page(request, blank, owner, week, line=line, status=error.status, postpone=form)
    toast(request, _("Moved to another week."))
    return redirect(plan_url(to))


@require_GET
def list_persons(request: AuthedRequest) -> HttpResponse:
    """Return the boxes of a unit's persons for the form, when another unit was chosen."""
    require(permissions.can_read_plans(request.user))
    number = request.GET.get("unit", "")
    if number:
        get_object_or_404(KeyAccount.objects.visible_to(request.user), pk=number_in(number) or 0)
    form = LineForm(owner=request.user, week=week_of(request), initial={"unit": number})
    return render(request, "visits/plans/_persons.html", {"form": form})


def _draft(form: LineForm) -> LineDraft:
    data = form.cleaned_data
    plain = ("day", "purpose", "unit", "start", "end", "questions", "materials", "gifts", "vehicle")
    return LineDraft(
        **{name: data[name] for name in plain},
        persons=list(data["persons"]),
        half_day=HalfDay(data["half_day"]),
        mode=VisitMode(data["mode"]),
        cost=data["cost"] or Decimal(0),
    )


@require_GET
def print_week(request: AuthedRequest, pk: int) -> HttpResponse:
    """Return the week's plan as a sheet of paper."""
    plan = get_object_or_404(WeekPlan.objects.visible_to(request.user).select_related("user", "team"), pk=pk)
    sheet = plan_sheet(plan, language=request.user.language)
    return pdf_response(sheet, by=request.user, filename=f"visit-plan-{plan.label}.pdf")


def _say_waiting(request: AuthedRequest, plan: WeekPlan) -> HttpResponse:
    """Lead to the week with what adding a line would be refused with, before somebody fills in a form for it."""
    try:
        services.refuse_waiting_week(plan)
    except BusinessError as refusal:
        toast(request, refusal.message, level=messages.ERROR)
    return redirect(plan_url(plan))


def _added(request: AuthedRequest, line: PlanLine) -> HttpResponse:
    if line.is_supplement:
        toast(request, _("Planned as a supplement. Submit it for approval when it is complete."))
    else:
        toast(request, _("Planned."))
    return redirect(plan_url(line.plan))


def _wished(request: AuthedRequest, week: Period) -> dict[str, Any]:
    names = ("unit", "day", "half_day", "purpose", "mode")
    wished: dict[str, Any] = {name: request.GET[name] for name in names if request.GET.get(name)}
    wished.setdefault("day", week.first.isoformat())
    if request.GET.get("person"):
        wished["persons"] = [request.GET["person"]]
    return wished


def _initial(line: PlanLine) -> dict[str, Any]:
    names = (
        "half_day",
        "start",
        "end",
        "mode",
        "purpose",
        "questions",
        "materials",
        "gifts",
        "cost",
        "version",
    )
    return {name: getattr(line, name) for name in names} | {
        "unit": line.unit_id,
        "vehicle": line.vehicle_id,
        "day": line.day.isoformat(),
        "persons": [person.pk for person in line.persons.all()],
    }


def _page(
    request: AuthedRequest,
    form: LineForm,
    owner: User,
    week: Period,
    *,
    line: PlanLine | None = None,
    error: BusinessError | None = None,
    status: int = 200,
    postpone: PostponeForm | None = None,
) -> HttpResponse:
    if error is not None:
        add_business_error(form, error)
        status = error.status
    year, number, _day = week.first.isocalendar()
    context = {
        "form": form,
        "owner": owner,
        "week_label": f"{year}-W{number:02d}",
        "week_number": number,
        "line": line,
        "free": getattr(error, "free", ()),
        "postpone": postpone or PostponeForm(),
        "opens": line is not None and _opens(line, request.user),
        "is_fixed": line is not None and not _is_open(line),
    }
    return render(request, "visits/plans/line.html", context, status=status)


def _opens(line: PlanLine, user: User) -> bool:
    """Say whether the unit's file is open to this person; a unit that moved on keeps its line."""
    return line.unit is not None and scope_of(user).covers(line.unit.owner_id, line.unit.team_id)


def _is_open(line: PlanLine) -> bool:
    return line.approval in {"draft", "returned"} if line.is_supplement else line.plan.is_open
