"""Pages of a crisis: open it, its steps and statements, close it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.complaints import services_crisis as services
from accounts.complaints.forms import (
    DoneForm,
    GiveStepForm,
    LeaderForm,
    LessonForm,
    StatementForm,
    StepForm,
)
from accounts.complaints.models import Crisis, CrisisStep
from accounts.complaints.permissions import can_do_step, can_lead_crisis, can_supervise_complaint
from accounts.complaints.selectors import steps_of
from accounts.complaints.views import complaint_or_404
from kam.core.answers import answer_form
from kam.users.http import AuthedRequest, require
from kam.users.scopes import scope_of

_FORM_METHODS = ["GET", "POST"]


def _crisis(request: AuthedRequest, pk: int) -> Crisis:
    rows = Crisis.objects.visible_to(request.user).select_related(
        "complaint__unit", "complaint__owner", "leader", "by"
    )
    return get_object_or_404(rows, pk=pk)


def _step(request: AuthedRequest, pk: int) -> CrisisStep:
    crises = Crisis.objects.visible_to(request.user)
    rows = CrisisStep.objects.filter(crisis__in=crises.values("pk")).select_related(
        "crisis__complaint__unit", "crisis__leader", "responsible"
    )
    return get_object_or_404(rows, pk=pk)


@require_http_methods(_FORM_METHODS)
def open_crisis(request: AuthedRequest, pk: int) -> HttpResponse:
    """Handle a severe complaint as a crisis."""
    complaint = complaint_or_404(request, pk)
    require(can_supervise_complaint(request.user, complaint))
    form = LeaderForm(request.POST or None, initial={"leader": request.user})

    def act(told: dict[str, Any]) -> str:
        return services.open_crisis(complaint, leader=told["leader"], by=request.user).get_absolute_url()

    title = _("Handle as a crisis: %(number)s") % {"number": complaint.number}
    return answer_form(request, form, title=title, back=complaint.get_absolute_url(), act=act)


@require_GET
def show(request: AuthedRequest, pk: int) -> HttpResponse:
    """A crisis: steps with responsible and time, statements, lesson."""
    crisis, user, now = _crisis(request, pk), request.user, timezone.now()
    unit, is_open = crisis.complaint.unit, crisis.closed_at is None
    leads = is_open and can_lead_crisis(user, crisis)
    steps = steps_of(crisis)
    context = {
        "crisis": crisis,
        "complaint": crisis.complaint,
        "steps": [
            (
                step,
                step.done_at is None and step.due_at < now,
                leads or (is_open and step.responsible_id == user.pk),
            )
            for step in steps
        ],
        "done": sum(step.done_at is not None for step in steps),
        "total": len(steps),
        "statements": crisis.statements.select_related("by"),
        "leads": leads,
        "reads_unit": scope_of(user).covers(unit.owner_id, unit.team_id),
        "reads_complaint": complaint_visible(user, crisis),
    }
    return render(request, "accounts/complaints/crisis.html", context)


def complaint_visible(user: Any, crisis: Crisis) -> bool:
    unit, complaint = crisis.complaint.unit, crisis.complaint
    return complaint.owner_id == user.pk or scope_of(user).covers(unit.owner_id, unit.team_id)


@require_http_methods(_FORM_METHODS)
def add_step(request: AuthedRequest, pk: int) -> HttpResponse:
    """A step beside those of the checklist."""
    crisis = _crisis(request, pk)
    require(can_lead_crisis(request.user, crisis))
    form = StepForm(request.POST or None, initial={"responsible": crisis.leader})

    def act(told: dict[str, Any]) -> None:
        services.add_step(
            crisis, told["text"], responsible=told["responsible"], due_at=told["due_at"], by=request.user
        )

    return answer_form(request, form, title=_("Add a step"), back=crisis.get_absolute_url(), act=act)


@require_http_methods(_FORM_METHODS)
def give_step(request: AuthedRequest, pk: int) -> HttpResponse:
    """Make somebody else responsible."""
    step = _step(request, pk)
    require(can_lead_crisis(request.user, step.crisis))
    form = GiveStepForm(request.POST or None, initial={"responsible": step.responsible})

    def act(told: dict[str, Any]) -> None:
        services.give_step(step, told["responsible"], by=request.user)

    back = step.crisis.get_absolute_url()
    return answer_form(request, form, title=step.text, back=back, act=act)


@require_http_methods(_FORM_METHODS)
def finish_step(request: AuthedRequest, pk: int) -> HttpResponse:
    """Note that a step is done."""
    step = _step(request, pk)
    require(can_do_step(request.user, step))
    form = DoneForm(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        services.finish_step(step, note=told["note"], by=request.user)

    back = step.crisis.get_absolute_url()
    return answer_form(request, form, title=step.text, back=back, act=act, submit=_("Done"))


@require_http_methods(_FORM_METHODS)
def say(request: AuthedRequest, pk: int) -> HttpResponse:
    """Write down what was said to whom."""
    crisis = _crisis(request, pk)
    require(can_lead_crisis(request.user, crisis))
    form = StatementForm(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        services.say_in_crisis(crisis, told["text"], audience=told["audience"], by=request.user)

    return answer_form(request, form, title=_("Statement"), back=crisis.get_absolute_url(), act=act)


@require_http_methods(_FORM_METHODS)
def close_crisis(request: AuthedRequest, pk: int) -> HttpResponse:
    """Close the crisis with a lesson."""
    crisis = _crisis(request, pk)
    require(can_lead_crisis(request.user, crisis))
    form = LessonForm(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        services.close_crisis(crisis, lesson=told["lesson"], by=request.user)

    return answer_form(request, form, title=_("Close the crisis"), back=crisis.get_absolute_url(), act=act)
