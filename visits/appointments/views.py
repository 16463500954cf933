"""Appointments: the list, the form at the telephone, one appointment with its acts."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kam.core.errors import BusinessError
from kam.core.forms import add_business_error
from kam.core.toasts import toast
from kam.lists.http import list_response
from kam.users.http import AuthedRequest, require
from visits.appointments import permissions, services
from visits.appointments.forms import AppointmentForm, BreakForm, ChangeForm
from visits.appointments.models import Appointment
from visits.appointments.services import AppointmentDraft
from visits.appointments.tables import APPOINTMENTS, TONES
from visits.appointments.terms import AppointmentState, BreakReason, Origin


@require_GET
def list_appointments(request: AuthedRequest) -> HttpResponseBase:
    """List the appointments one may see."""
    require(permissions.can_read_appointments(request.user))
    return list_response(
        request,
        APPOINTMENTS,
        page="visits/appointments/list.html",
        context={"may_record": permissions.can_record_appointment(request.user)},
    )


@require_http_methods(["GET", "POST"])
def add_appointment(request: AuthedRequest) -> HttpResponse:
    """Write down an appointment, by us or by the customer's call."""
    require(permissions.can_record_appointment(request.user))
    if request.method != "POST":
        initial = {"unit": request.GET.get("unit", ""), "origin": request.GET.get("origin", Origin.CALL)}
        return render(
            request,
            "visits/appointments/new.html",
            {"form": AppointmentForm(by=request.user, initial=initial)},
        )
    form = AppointmentForm(request.POST, by=request.user)
    if form.is_valid():
        try:
            row = services.record_appointment(_draft(form), by=request.user)
        except BusinessError as error:
            add_business_error(form, error)
            return _refused(request, form, error)
        toast(request, _("Appointment recorded."))
        return redirect("appointment", pk=row.pk)
    return render(request, "visits/appointments/new.html", {"form": form}, status=422)


@require_GET
def list_persons(request: AuthedRequest) -> HttpResponse:
    """Return the choice of persons of a unit for the form."""
    require(permissions.can_record_appointment(request.user))
    form = AppointmentForm(by=request.user, initial={"unit": request.GET.get("unit", "")})
    return render(request, "visits/appointments/_person.html", {"form": form})


@require_GET
def show_appointment(request: AuthedRequest, pk: int) -> HttpResponse:
    """Show one appointment with what may be done next."""
    return _page(request, _row(request, pk))


@require_POST
def change_appointment(request: AuthedRequest, pk: int) -> HttpResponse:
    """Book it, or put it to another time."""
    row = _changeable(request, pk)
    form = ChangeForm(request.POST)

    def act() -> None:
        starts_at, ends_at = form.moments()
        kind = form.cleaned_data["reason_kind"]
        if starts_at is not None:
            services.book_appointment(
                row,
                starts_at=starts_at,
                ends_at=ends_at,
                by=request.user,
                reason_kind=BreakReason(kind) if kind else None,
                reason=form.cleaned_data["reason"],
                version=form.cleaned_data["version"],
            )

    return _act(request, row, form, act, "change")


@require_POST
def confirm_appointment(request: AuthedRequest, pk: int) -> HttpResponse:
    """The customer confirmed."""
    row = _changeable(request, pk)
    return _act(
        request, row, forms.Form({}), lambda: services.confirm_appointment(row, by=request.user), "confirm"
    )


@require_POST
def break_appointment(request: AuthedRequest, pk: int) -> HttpResponse:
    """It will not be held."""
    row = _changeable(request, pk)
    form = BreakForm(request.POST)

    def act() -> None:
        services.break_appointment(
            row,
            reason_kind=BreakReason(form.cleaned_data["reason_kind"]),
            reason=form.cleaned_data["reason"],
            by=request.user,
            version=form.cleaned_data["version"],
        )

    return _act(request, row, form, act, "break")


@require_POST
def plan_appointment(request: AuthedRequest, pk: int) -> HttpResponse:
    """Put it into the week's plan."""
    row = _row(request, pk)
    require(permissions.can_plan_appointment(request.user, row))
    return _act(request, row, forms.Form({}), lambda: services.plan_appointment(row, by=request.user), "plan")


def _row(request: AuthedRequest, pk: int) -> Appointment:
    rows = Appointment.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("unit", "person", "user", "recorded_by", "plan_line__plan", "invitation"), pk=pk
    )


def _changeable(request: AuthedRequest, pk: int) -> Appointment:
    row = _row(request, pk)
    require(permissions.can_change_appointment(request.user, row))
    return row


def _draft(form: AppointmentForm) -> AppointmentDraft:
    data = form.cleaned_data
    starts_at, ends_at = form.moments()
    plain = ("unit", "user", "person", "caller", "contact", "wished", "place", "topic")
    return AppointmentDraft(
        **{name: data[name] for name in plain},
        origin=Origin(data["origin"]),
        starts_at=starts_at,
        ends_at=ends_at,
    )


def _refused(request: AuthedRequest, form: AppointmentForm, error: BusinessError) -> HttpResponse:
    return render(
        request,
        "visits/appointments/new.html",
        {"form": form, "free": getattr(error, "free", ())},
        status=error.status,
    )


def _act(
    request: AuthedRequest, row: Appointment, form: Any, act: Callable[[], object], name: str
) -> HttpResponse:
    """Run one act; a refusal is shown at its own form on the page."""
    if not form.is_valid():
        return _page(request, row, status=422, **{name: form})
    try:
        act()
    except BusinessError as error:
        if name in {"confirm", "plan"}:
            return _page(request, row, status=error.status, error=str(error))
        add_business_error(form, error)
        return _page(request, row, status=error.status, free=getattr(error, "free", ()), **{name: form})
    toast(request, _("Saved."))
    return redirect("appointment", pk=row.pk)


def _page(request: AuthedRequest, row: Appointment, *, status: int = 200, **extra: Any) -> HttpResponse:
    context = {
        "row": row,
        "tone": TONES[AppointmentState(row.state)],
        "changes": row.changes.select_related("by"),
        "may_change": row.is_open and permissions.can_change_appointment(request.user, row),
        "may_plan": row.is_open
        and row.starts_at is not None
        and row.plan_line is None
        and permissions.can_plan_appointment(request.user, row),
        "change": ChangeForm(initial={"version": row.version}),
        "break": BreakForm(initial={"version": row.version}),
    } | extra
    return render(request, "visits/appointments/appointment.html", context, status=status)
