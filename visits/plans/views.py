"""The week board. Every act answers with the board again: as a page, or as the fragment that htmx asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from kam.approvals.selectors import request_for
from kam.core.asked import number_in
from kam.core.errors import BusinessError
from kam.core.htmx import is_htmx, render_page_or_fragment
from kam.core.periods import Period
from kam.core.sentences import labelled, parted
from kam.core.toasts import toast, toast_fragment
from kam.users.http import AuthedRequest, require
from kam.users.models import User
from kam.users.scopes import team_of
from visits.bookings.rules import Slot
from visits.bookings.services import ClashError
from visits.plans import permissions, services
from visits.plans.forms import MoveForm, PickForm, ReasonForm
from visits.plans.http import line_of, owner_of, plan_of, week_of
from visits.plans.models import PlanLine, WeekPlan
from visits.plans.registers import plan_url
from visits.plans.registry import proposals_for
from visits.plans.rules import week_period
from visits.plans.selectors import board_of, people_to_plan_for, submit_by
from visits.plans.services import LineDraft, Place
from visits.plans.services.checks import is_free
from visits.plans.terms import HalfDay, VisitMode


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the board shows in the cell where a line was not put."""

    line: PlanLine
    day: date
    half: str
    message: str
    free: tuple[tuple[str, str], ...] = ()
    only_things: bool = False
    needs_reason: bool = False
    reason: str = ""
    start: str = ""


@require_GET
def show_week(request: AuthedRequest) -> HttpResponse:
    """Show one person's week: the own one, or that of somebody whose plans one may read."""
    require(permissions.can_read_plans(request.user))
    return render_board(request, owner_of(request), week_of(request))


@require_POST
def move_line(request: AuthedRequest, pk: int) -> HttpResponse:
    """Put a line elsewhere in its week. Undoing is the same act: the old place then stands in the address."""
    line = line_of(request, pk)
    form = MoveForm(request.GET.dict() | request.POST.dict())
    if not form.is_valid():
        return _again(request, line.plan, status=422, error=_("Choose a day."))
    place = _place(form)
    reason = form.cleaned_data["reason"]
    try:
        moved = services.move_line(
            line, to=place, by=request.user, reason=reason, version=form.cleaned_data["version"]
        )
    except BusinessError as error:
        refusal = _refusal(line, place, error, reason)
        return _again(request, line.plan, status=error.status, refusal=refusal)
    if moved.vehicle_id != line.vehicle_id:
        return _again(request, line.plan)  # the vehicle may be gone meanwhile
    told = _("%(title)s: %(when)s.") % {"title": moved.title, "when": _offer_label(moved.starts_at)}
    was = {"to": f"{line.starts_at:%Y-%m-%dT%H:%M}", "end": f"{line.end:%H:%M}"}
    back = was | {"version": moved.version, "reason": reason}
    undo = f"{reverse('plan_line_move', args=[pk])}?{urlencode(back)}"
    return _again(request, line.plan, done=told, undo=undo)


@require_POST
def cancel_line(request: AuthedRequest, pk: int) -> HttpResponse:
    """Take a line out of the plan."""
    line = line_of(request, pk)
    form = ReasonForm(request.POST)
    form.is_valid()
    try:
        services.cancel_line(
            line,
            by=request.user,
            reason=form.cleaned_data.get("reason", ""),
            version=form.cleaned_data.get("version"),
        )
    except BusinessError as error:
        kept = {"line": pk, "reason": request.POST.get("reason", "")}
        return _again(request, line.plan, status=error.status, error=str(error), kept=kept)
    undo = reverse("plan_line_restore", args=[pk]) if is_free(line) else ""
    return _again(request, line.plan, done=_("Taken out of the plan."), undo=undo)


@require_POST
def restore_line(request: AuthedRequest, pk: int) -> HttpResponse:
    """Put a line back that was just taken out."""
    line = line_of(request, pk)
    return _act(
        request, line.plan, lambda: services.restore_line(line, by=request.user), _("Back in the plan.")
    )


@require_POST
def submit_line(request: AuthedRequest, pk: int) -> HttpResponse:
    """Ask for approval of a supplement."""
    line = line_of(request, pk)
    return _act(
        request, line.plan, lambda: services.submit_supplement(line, by=request.user), _("Submitted.")
    )


@require_POST
def submit_plan(request: AuthedRequest, pk: int) -> HttpResponse:
    """Ask for approval of the week."""
    plan = get_object_or_404(WeekPlan.objects.visible_to(request.user), pk=pk)
    require(permissions.can_submit_plan(request.user, plan))
    version = request.POST.get("version", "")
    return _act(
        request,
        plan,
        lambda: services.submit_plan(plan, by=request.user, version=number_in(version)),
        _("The plan is on its way."),
    )


@require_POST
def copy_last_week(request: AuthedRequest) -> HttpResponse:
    """Copy the lines of the week before into this one."""
    owner, week = owner_of(request), week_of(request)
    plan = _opened(request, owner, week)
    source = services.previous_plan(plan)
    if source is None:
        return _again(request, plan, status=422, error=_("There is no plan of the week before."))
    return _act(request, plan, lambda: services.copy_lines(plan, source=source, by=request.user))


@require_POST
def revise_plan(request: AuthedRequest, pk: int) -> HttpResponse:
    """Copy a rejected or withdrawn plan to a new draft."""
    plan = plan_of(request, pk)
    return _act(
        request,
        plan,
        lambda: services.revise_plan(plan, by=request.user)[1],
    )


@require_POST
def set_goal(request: AuthedRequest) -> HttpResponse:
    """Write the goal of the week."""
    owner, week, goal = owner_of(request), week_of(request), request.POST.get("goal", "")
    try:
        plan = services.set_goal(_opened(request, owner, week), goal, by=request.user)
    except BusinessError as error:
        kept = {"goal": goal}
        return render_board(request, owner, week, status=error.status, error=str(error), kept=kept)
    return _again(request, plan, done=_("Saved."))


@require_POST
def pick_proposal(request: AuthedRequest) -> HttpResponse:
    """Plan one proposal where it fits, or with `all` every one of them."""
    owner, week = owner_of(request), week_of(request)
    plan = _opened(request, owner, week)
    if "all" in request.POST:
        forms = [
            PickForm(
                {"unit": p.unit_id, "person": p.person_id, "mode": p.mode, "purpose": p.purpose or p.text},
                owner=owner,
            )
            for p in proposals_for(owner, week)
        ]
    else:
        forms = [PickForm(request.POST, owner=owner)]
    drafts = [_draft(form, week) for form in forms if form.is_valid()]
    if not drafts:
        return _again(request, plan, status=422, error=_("This proposal is no longer open."))
    return _act(request, plan, lambda: services.place_lines(plan, drafts, by=request.user))


def render_board(
    request: AuthedRequest,
    owner: User,
    week: Period,
    *,
    status: int = 200,
    refusal: Refusal | None = None,
    error: str = "",
    kept: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Draw the board of one person's week; `kept` is what was typed into a form of it that was refused."""
    may_edit = permissions.can_plan_for(request.user, owner, _team_id(owner))
    board = board_of(owner, week, reader=request.user, may_edit=may_edit)
    plan = board.plan
    context = {
        "board": board,
        "plan": plan,
        "may_edit": may_edit,
        "may_submit": plan is not None and permissions.can_submit_plan(request.user, plan),
        "people": people_to_plan_for(request.user),
        "submit_by": submit_by(week),
        "approval": request_for("visit_plan", plan, reader=request.user)
        if plan and plan.state != "draft"
        else None,
        "refusal": refusal,
        "error": error,
        "kept": kept or {},
    }
    return render_page_or_fragment(
        request, "visits/plans/week.html", "visits/plans/_planner.html", context, status=status
    )


def _team_id(owner: User) -> int | None:
    team = team_of(owner)
    return team.pk if team else None


def _opened(request: AuthedRequest, owner: User, week: Period) -> WeekPlan:
    require(permissions.can_plan_for(request.user, owner, _team_id(owner)))
    year, number, _day = week.first.isocalendar()
    return services.open_week(owner, year=year, week=number, by=request.user)


def _again(
    request: AuthedRequest, plan: WeekPlan, *, status: int = 200, done: str = "", undo: str = "", **extra: Any
) -> HttpResponse:
    """Answer an act: the board for htmx and for refusals, else back to the page."""
    if not is_htmx(request) and status == 200:
        if done:
            toast(request, done, undo=undo)
        return redirect(plan_url(plan))
    response = render_board(request, plan.user, week_period(plan.year, plan.week), status=status, **extra)
    return toast_fragment(response, done, undo=undo) if done else response


def _act(request: AuthedRequest, plan: WeekPlan, act: Any, done: str = "") -> HttpResponse:
    """Run one service and answer with the board; a refusal is said above it."""
    try:
        result = act()
    except BusinessError as error:
        return _again(request, plan, status=error.status, error=str(error))
    if isinstance(result, services.CopyResult):
        done = ngettext("%(n)s line planned.", "%(n)s lines planned.", result.copied) % {"n": result.copied}
        if result.left_out:
            names = parted(labelled(name, reason) for name, reason in result.left_out[:5])
            messages.warning(request, _("Left out: %(names)s") % {"names": names})
    return _again(request, plan, done=done)


def _place(form: MoveForm) -> Place:
    data = form.cleaned_data
    half = HalfDay(data["half_day"]) if data.get("half_day") else None
    start, end = data.get("start"), data.get("end")
    return Place(data["day"], half, start, end, without_vehicle=data["without_vehicle"])


def _refusal(line: PlanLine, place: Place, error: BusinessError, reason: str) -> Refusal:
    half = place.half_day or (HalfDay.MORNING if place.start and place.start.hour < 12 else line.half_day)
    clash = error if isinstance(error, ClashError) else None
    return Refusal(
        line=line,
        day=place.day,
        half=str(half),
        message=str(error),
        free=tuple(_offer(slot) for slot in clash.free) if clash else (),
        only_things=clash.only_things if clash else False,
        needs_reason=error.code == "reason_missing",
        reason=reason,
        start=f"{place.start:%H:%M}" if place.start else "",
    )


def _offer(slot: Slot) -> tuple[str, str]:
    """Return value and label of a free slot, on the department's clock."""
    return f"{slot.start:%Y-%m-%dT%H:%M}", _offer_label(slot.start)


def _offer_label(at: datetime) -> str:
    return f"{date_format(at, 'D')} {at:%H:%M}"


def _draft(form: PickForm, week: Period) -> LineDraft:
    data = form.cleaned_data
    return LineDraft(
        day=week.first,
        purpose=data["purpose"],
        unit=data["unit"],
        persons=[data["person"]] if data["person"] else [],
        mode=VisitMode(data["mode"]),
    )
