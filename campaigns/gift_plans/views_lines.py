"""Pages of planned and recurring gifts: adding, filling, asking for what is due, leaving out, stopping."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.units.views import unit_or_404
from campaigns.gift_plans import permissions, services
from campaigns.gift_plans.forms import FillForm, PlannedForm, ReasonForm, ScheduleForm
from campaigns.gift_plans.models import GiftPlanLine, GiftSchedule
from campaigns.gift_plans.tables import SCHEDULES
from campaigns.gift_plans.views import plan_or_404
from campaigns.gifts.forms import GiftForm
from campaigns.gifts.selectors import knows_day
from kam.core.answers import answer_form, refused
from kam.core.asked import number_in
from kam.core.errors import BusinessError
from kam.core.toasts import toast
from kam.lists.http import list_response
from kam.users.http import AuthedRequest, require

_FORM = ["GET", "POST"]


@require_http_methods(_FORM)
def add_line(request: AuthedRequest, pk: int) -> HttpResponse:
    """Plan one gift."""
    plan = plan_or_404(request, pk)
    require(permissions.can_edit_plan(request.user, plan))
    form = PlannedForm(request.POST or None, plan=plan, user=request.user)

    def act(_told: dict[str, Any]) -> None:
        services.add_line(plan, form.planned(), by=request.user)

    return answer_form(request, form, title=_("Plan a gift"), back=plan.get_absolute_url(), act=act)


@require_http_methods(_FORM)
def fill(request: AuthedRequest, pk: int) -> HttpResponse:
    """Fill the plan with what comes round: recurring gifts, birthdays, festivals."""
    plan = plan_or_404(request, pk)
    require(permissions.can_edit_plan(request.user, plan))
    form = FillForm(request.POST or None, user=request.user)
    added = 0

    def act(_told: dict[str, Any]) -> None:
        nonlocal added
        added = services.fill_plan(plan, form.wish(), by=request.user)
        words = ngettext("%(n)s gift was planned.", "%(n)s gifts were planned.", added)
        toast(request, words % {"n": added})

    return answer_form(
        request,
        form,
        title=_("Fill the plan"),
        back=plan.get_absolute_url(),
        act=act,
        submit=_("Fill"),
        done=_("What stood in the plan already was left alone."),
    )


def line_or_404(request: AuthedRequest, pk: int) -> GiftPlanLine:
    """Return a planned gift for a person whom one sees."""
    rows = GiftPlanLine.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("plan", "unit", "person", "item", "line"), pk=pk)


@require_POST
def remove_line(request: AuthedRequest, pk: int) -> HttpResponse:
    """Take a gift out of a draft."""
    rows = GiftPlanLine.objects.select_related("plan", "person", "item")
    line = get_object_or_404(rows.filter(plan__owner=request.user), pk=pk)
    require(permissions.can_edit_plan(request.user, line.plan))
    try:
        services.remove_line(line, by=request.user)
    except BusinessError as error:
        return refused(request, error, back=line.plan.get_absolute_url())
    return redirect(line.plan)


@require_http_methods(_FORM)
def ask_line(request: AuthedRequest, pk: int) -> HttpResponse:
    """Ask for a planned gift: the request as the plan foresees it, to be looked over."""
    line = line_or_404(request, pk)
    require(permissions.can_ask_line(request.user, line))
    names = ("person", "item", "quantity", "occasion", "reason", "on", "line")
    initial = {name: getattr(line, name) for name in names}
    if not knows_day(line, request.user):
        initial["on"] = None
    form = GiftForm(request.POST or None, unit=line.unit, user=request.user, initial=initial)

    def act(_told: dict[str, Any]) -> str:
        return services.ask_for_line(line, form.terms(), by=request.user).get_absolute_url()

    return answer_form(
        request,
        form,
        title=_("Ask for the planned gift for %(name)s") % {"name": line.person.name},
        back=line.unit.get_absolute_url(),
        act=act,
        submit=_("Hand in"),
        done=_("Handed in for approval."),
    )


@require_http_methods(_FORM)
def drop_line(request: AuthedRequest, pk: int) -> HttpResponse:
    """Leave a planned gift out."""
    line = line_or_404(request, pk)
    require(permissions.can_ask_line(request.user, line))
    form = ReasonForm(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        services.drop_line(line, reason=told["reason"], by=request.user)

    title = _("Leave out: %(gift)s") % {"gift": line}
    return answer_form(request, form, title=title, back=line.unit.get_absolute_url(), act=act)


@require_GET
def list_schedules(request: AuthedRequest) -> HttpResponseBase:
    """Recurring gifts for the persons whom one sees."""
    require(permissions.can_see_plans(request.user))
    return list_response(request, SCHEDULES, page="campaigns/gift_plans/schedules.html")


@require_http_methods(_FORM)
def add_schedule(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Let a gift come round for a person of the unit."""
    unit = unit_or_404(request, unit_pk)
    require(permissions.can_add_schedule(request.user, unit))
    initial = {"person": number_in(request.GET.get("person"))}
    form = ScheduleForm(request.POST or None, unit=unit, initial=initial)

    def act(told: dict[str, Any]) -> None:
        services.add_schedule(told["person"], told, by=request.user)

    title = _("Recurring gift for a person of %(unit)s") % {"unit": unit.name}
    return answer_form(request, form, title=title, back=unit.get_absolute_url(), act=act)


@require_http_methods(_FORM)
def end_schedule(request: AuthedRequest, pk: int) -> HttpResponse:
    """Stop a recurring gift."""
    rows = GiftSchedule.objects.visible_to(request.user).select_related("unit", "person", "item")
    schedule = get_object_or_404(rows, pk=pk)
    require(permissions.can_end_schedule(request.user, schedule))
    form = ReasonForm(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        services.end_schedule(schedule, reason=told["reason"], by=request.user)

    title = _("Stop: %(gift)s") % {"gift": schedule}
    return answer_form(request, form, title=title, back=schedule.unit.get_absolute_url(), act=act)
