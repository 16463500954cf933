"""Pages of visits: choose, log, look, correct, calls, drafts, and the worker that keeps them alive without a connection."""

import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.units.models import KeyAccount
from kam.core.asked import number_in
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.forms import add_business_error
from kam.core.htmx import render_page_or_fragment
from kam.core.toasts import toast
from kam.files.forms import FileForm
from kam.files.http import take_file
from kam.files.services import attach
from kam.lists.http import list_response
from kam.users.http import AuthedRequest, require
from kam.users.models import User
from visits.appointments.models import Appointment
from visits.plans.models import PlanLine
from visits.plans.terms import LineState, VisitMode
from visits.visits import selectors, services
from visits.visits.forms import ROW_LABELS, CallForm, VisitForm
from visits.visits.models import Draft, Visit
from visits.visits.permissions import (
    can_ask_persons,
    can_change_visit,
    can_log_visit,
    can_log_visits,
    can_read_unit_of,
)
from visits.visits.registry import panels_of
from visits.visits.tables import VISITS

#: What a browser sends along that is no answer of the person.
NO_ANSWERS = frozenset({"csrfmiddlewaretoken", "replaces", "version", "then", "typed_at"})


def body_of(data: QueryDict) -> dict[str, list[str]]:
    """Return what the person typed, field by field."""
    return {name: values for name, values in data.lists() if name not in NO_ANSWERS}


def wants_json(request: HttpRequest) -> bool:
    """Say whether the page's script sends, and not the browser's own form."""
    return request.headers.get("Accept") == "application/json"


def answer_sent(request: HttpRequest, location: str) -> HttpResponse:
    """Answer a form that did what it should: the script gets the address, the browser goes there."""
    return JsonResponse({"location": location}) if wants_json(request) else redirect(location)


@require_GET
def visits(request: AuthedRequest) -> HttpResponseBase:
    extra = {"can_log": can_log_visits(request.user)}
    return list_response(request, VISITS, page="visits/visits/list.html", context=extra)


@require_http_methods(["GET", "POST"])
def log_visit(request: AuthedRequest) -> HttpResponse:
    require(can_log_visits(request.user))
    line = appointment = None
    if number := number_in(request.GET.get("line")):
        lines = PlanLine.objects.visible_to(request.user).select_related("unit", "plan")
        line = get_object_or_404(lines, pk=number, plan__user=request.user)
    if number := number_in(request.GET.get("appointment")):
        found = Appointment.objects.visible_to(request.user).select_related("unit")
        appointment = get_object_or_404(found, pk=number)
        line = _own_line(appointment, request.user) or line
    unit = line.unit if line else appointment.unit if appointment else None
    if unit is None and (number := number_in(request.GET.get("unit"))):
        unit = get_object_or_404(KeyAccount.objects.visible_to(request.user), pk=number)
    if unit is None:
        return _choose(request)
    require(can_log_visit(request.user, unit))
    if request.method == "POST":
        form = VisitForm(request.POST, request.FILES, unit=unit, by=request.user, line=line)
        form.appointment = appointment
        return _send(request, form)
    form = VisitForm(initial=_first_values(line, appointment), unit=unit, by=request.user, line=line)
    return _log_page(request, form)


def _own_line(appointment: Appointment, user: User) -> PlanLine | None:
    """Return the plan line that stands for the appointment, as long as it is to be done by `user`."""
    lines = PlanLine.objects.select_related("unit", "plan").filter(appointment=appointment, plan__user=user)
    return lines.filter(state=LineState.PLANNED).first()


def _choose(request: AuthedRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()[:80]
    context = {
        "lines": selectors.open_lines(request.user, business_date()),
        "units": selectors.units_to_log(request.user, query),
        "query": query,
    }
    return render_page_or_fragment(request, "visits/visits/choose.html", "visits/visits/_units.html", context)


def _first_values(line: PlanLine | None, appointment: Appointment | None) -> dict[str, Any]:
    values: dict[str, Any] = {"public_id": uuid.uuid4(), "on": business_date(), "mode": VisitMode.VISIT}
    if line is not None:
        values |= {"mode": line.mode, "started": line.start, "ended": line.end}
        values["persons"] = list(line.persons.values_list("pk", flat=True))
        values["on"] = min(line.day, business_date())
    elif appointment is not None:
        values["persons"] = [appointment.person_id] if appointment.person_id else []
        values["place"] = appointment.place
    return values


def _log_page(request: AuthedRequest, form: VisitForm, *, status: int = 200) -> HttpResponse:
    line = form.line
    key = f"line-{line.pk}" if line else f"unit-{form.unit.pk}"
    asked = [
        (q, a) for q, a in zip(request.POST.getlist("question"), request.POST.getlist("answer"), strict=False)
    ]
    context = {
        "form": form,
        "unit": form.unit,
        "line": line,
        "draft_key": key,
        "draft": Draft.objects.filter(user=request.user, kind="visit", key=key).first(),
        "outline": asked or [(question, "") for question in (line.outline if line else [])],
        "promises": _typed_promises(request.POST),
        "faces": _typed_faces(request.POST),
    }
    return render(request, "visits/visits/log.html", context, status=status)


def _typed_promises(data: QueryDict) -> list[tuple[str, str, str]]:
    names = ("promise_side", "promise_text", "promise_due")
    rows = list(zip(*(data.getlist(name) for name in names), strict=False))
    return [(side, text, due) for side, text, due in rows] or [("ours", "", "")]


def _typed_faces(data: QueryDict) -> list[tuple[str, str, str]]:
    names = ("face_name", "face_post", "face_mobile")
    return list(zip(*(data.getlist(name) for name in names), strict=False)) or [("", "", "")]


def _send(request: AuthedRequest, form: VisitForm) -> HttpResponse:
    status = 422
    if form.is_valid():
        try:
            location = _sent_once(request, form)
        except services.DifferentBodyError as error:
            return _which_one(request, form, error)
        except BusinessError as error:
            add_business_error(form, error)
            status = error.status
        else:
            if not wants_json(request):
                toast(request, _("Visit recorded."))
            return answer_sent(request, location)
    if wants_json(request):
        return JsonResponse({"errors": form.errors.get_json_data()}, status=status)
    return _log_page(request, form, status=status)


def _sent_once(request: AuthedRequest, form: VisitForm) -> str:
    key, entry = form.cleaned_data["public_id"], form.entry()

    def page(visit: Visit) -> str:
        services.discard_draft("visit", request.POST.get("draft_key", ""), by=request.user)
        onwards = "visit_report" if request.POST.get("then") == "report" else "visit"
        return reverse(onwards, args=[visit.pk])

    def replace() -> str:
        stored = get_object_or_404(Visit, public_id=key, user=request.user)
        return page(services.change_visit(stored, entry, by=request.user))

    def log() -> str:
        made = services.log_visit(entry, public_id=key, by=request.user)
        for photo in form.cleaned_data["photos"]:
            attach(selectors.PHOTOS, made.pk, photo, by=request.user)
        return page(made)

    return services.send_once(
        log,
        by=request.user,
        route="visit",
        key=key,
        body=body_of(request.POST),
        replace=replace,
        replaces=request.POST.get("replaces", ""),
    )


def _which_one(request: AuthedRequest, form: VisitForm, error: services.DifferentBodyError) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"code": error.code, "location": error.kept.location}, status=error.status)
    body = body_of(request.POST)
    context = {
        "unit": form.unit,
        "kept": error.kept,
        "differences": selectors.differences(error.kept, body, form, ROW_LABELS),
        "sent": [(name, value) for name, values in body.items() for value in values],
    }
    return render(request, "visits/visits/which_one.html", context, status=error.status)


@require_GET
def visit(request: AuthedRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(selectors.visit_for_page(request.user, pk))
    return _visit_page(request, shown, FileForm(pictures=True))


def _visit_page(
    request: AuthedRequest, shown: Visit, file_form: FileForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "visit": shown,
        "tasks": selectors.tasks_of(shown),
        "market": selectors.market_answers(shown),
        "photos": selectors.photos_of(shown),
        "file_form": file_form,
        "reads_unit": can_read_unit_of(request.user, shown),
        "can_change": can_change_visit(request.user, shown),
        "can_ask_persons": can_ask_persons(request.user, shown),
        "persons_changes": selectors.persons_changes(shown),
        "panels": panels_of(shown, request.user),
    }
    return render(request, "visits/visits/visit.html", context, status=status)


@require_POST
def add_photo(request: AuthedRequest, pk: int) -> HttpResponse:
    """Add a photo to a visit; a refused one is told at its field."""
    shown = get_object_or_404(selectors.visit_for_page(request.user, pk))
    require(can_change_visit(request.user, shown))
    form, status = take_file(request, selectors.PHOTOS, shown.pk, pictures=True)
    return redirect("visit", pk=pk) if status == 302 else _visit_page(request, shown, form, status=status)


@require_http_methods(["GET", "POST"])
def edit_visit(request: AuthedRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(selectors.visit_for_page(request.user, pk))
    require(can_change_visit(request.user, shown))
    line = shown.plan_line
    if request.method == "GET":
        form = VisitForm(initial=_stored_values(shown), unit=shown.unit, by=request.user, line=line)
        return _edit_page(request, form, shown)
    form = VisitForm(request.POST, unit=shown.unit, by=request.user, line=line)
    status = 422
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            services.change_visit(shown, form.entry(), by=request.user, version=version)
        except BusinessError as error:
            add_business_error(form, error)
            status = error.status
        else:
            toast(request, _("Visit corrected."))
            return redirect("visit", pk=shown.pk)
    return _edit_page(request, form, shown, status=status)


def _stored_values(shown: Visit) -> dict[str, Any]:
    names = ("public_id", "version", "outcome", "on", "mode", "place", "summary", "problems", "next_step")
    values = {name: getattr(shown, name) for name in (*names, "next_step_on")}
    values["persons"] = [row.person_id for row in shown.persons_met.all()]
    values["companions"] = list(shown.companions.all())
    for name, moment in (("started", shown.started_at), ("ended", shown.ended_at)):
        values[name] = timezone.localtime(moment).time() if moment else None
    return values


def _edit_page(request: AuthedRequest, form: VisitForm, shown: Visit, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "unit": shown.unit,
        "line": shown.plan_line,
        "visit": shown,
        "outline": [(row.question, row.answer) for row in shown.answers.all()],
        "promises": _typed_promises(request.POST),
        "faces": _typed_faces(request.POST),
    }
    return render(request, "visits/visits/log.html", context, status=status)


@require_http_methods(["GET", "POST"])
def calls(request: AuthedRequest) -> HttpResponse:
    require(can_log_visits(request.user))
    first = {"key": uuid.uuid4(), "unit": request.GET.get("unit", "")}
    form = CallForm(request.POST or None, by=request.user, initial=first)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            require(can_log_visit(request.user, form.cleaned_data["unit"]))
            try:
                location = _call_once(request, form.cleaned_data)
            except BusinessError as error:
                add_business_error(form, error)
                status = error.status
            else:
                if not wants_json(request):
                    toast(request, _("Call recorded."))
                return answer_sent(request, location)
    if status != 200 and wants_json(request):
        return JsonResponse({"errors": form.errors.get_json_data()}, status=status)
    made = selectors.calls_made(request.user, business_date())
    return render(request, "visits/visits/calls.html", {"form": form, "made": made}, status=status)


def _call_once(request: AuthedRequest, values: dict[str, Any]) -> str:
    def log() -> str:
        services.log_call(
            values["unit"],
            outcome=values["outcome"],
            key=values["key"],
            by=request.user,
            typed_at=values["typed_at"],
            person=values["person"],
            text=values["text"],
        )
        return reverse("calls")

    return services.send_once(
        log, by=request.user, route="call", key=values["key"], body=body_of(request.POST)
    )


@require_POST
def save_draft(request: AuthedRequest, kind: str, key: str) -> HttpResponse:
    """Keep what is typed; an empty body forgets it."""
    body = body_of(request.POST)
    if not body:
        services.discard_draft(kind, key, by=request.user)
        return JsonResponse({"saved_at": None})
    try:
        saved_at = services.save_draft(kind, key, body, by=request.user)
    except BusinessError as error:
        return JsonResponse({"error": str(error)}, status=error.status)
    return JsonResponse({"saved_at": saved_at.isoformat()})


@login_not_required
@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker that answers when there is no connection; it must live at the root to serve every page."""
    del request
    response = HttpResponse(_worker_source(), content_type="text/javascript; charset=utf-8")
    response.headers["Service-Worker-Allowed"] = "/"
    response.headers["Cache-Control"] = "no-cache"
    return response


def _worker_source() -> str:
    return (Path(settings.BASE_DIR) / "static" / "js" / "sw.js").read_text(encoding="utf-8")
