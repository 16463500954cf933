"""The calendar. Every act answers with the calendar again: as a page, or as the fragment that htmx asked for."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kam.core.clock import department_zone
from kam.core.days import say_day
from kam.core.errors import BusinessError
from kam.core.forms import add_business_error
from kam.core.htmx import is_htmx, render_page_or_fragment
from kam.core.toasts import toast, toast_fragment
from kam.notes.models import Task
from kam.users.http import AuthedRequest, require
from kam.users.scopes import team_of
from visits.agenda import services
from visits.agenda.forms import MoveForm, PlanForm
from visits.agenda.http import Wanted, entry_of, wanted_of
from visits.agenda.labels import LOOK_LABELS
from visits.agenda.permissions import can_subscribe
from visits.agenda.selectors import agenda_of
from visits.agenda.services import Movable, Moved, Target
from visits.appointments.models import Appointment
from visits.bookings.services import ClashError
from visits.plans.http import line_of
from visits.plans.models import PlanLine
from visits.plans.permissions import can_plan_for
from visits.plans.services import LineDraft, cancel_line
from visits.plans.services.checks import is_free
from visits.plans.terms import VisitMode

_FORM = ["GET", "POST"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something was not put there, and how it could be."""

    message: str
    entry: str = ""
    title: str = ""
    form: MoveForm | None = None
    free: tuple[tuple[str, str], ...] = ()


@require_GET
def show_agenda(request: AuthedRequest) -> HttpResponse:
    """Show the calendar of a month, a week, a day, or as a list."""
    return _draw(request, wanted_of(request))


@require_http_methods(_FORM)
def move_entry(request: AuthedRequest) -> HttpResponse:
    """Put something on another day: by the form, by dragging, or back by undo (then the old place stands in the address)."""
    wanted, row = wanted_of(request), entry_of(request)
    kinds = {"asks_kind": isinstance(row, Appointment), "asks_time": not isinstance(row, Task)}
    if request.method == "GET":
        return _move_page(request, wanted, row, MoveForm(initial=_now(row), **kinds))
    form = MoveForm(request.GET.dict() | request.POST.dict(), **kinds)
    try:
        if not form.is_valid():
            raise BusinessError(_("Choose a day."), code="day", field="day")
        told = {
            name: value for name, value in form.cleaned_data.items() if name != "to" and value is not None
        }
        moved = services.move_entry(row, Target(**told), by=request.user)
    except BusinessError as error:
        if request.POST.get("page"):
            add_business_error(form, error)
            return _move_page(request, wanted, row, form, status=error.status, free=_free(error))
        refusal = Refusal(str(error), _key(row), _title(row), form, _free(error))
        return _draw(request, wanted, status=error.status, refusal=refusal)
    back = f"{reverse('agenda-move')}?{urlencode(dict(moved.back))}&{wanted.query}"
    return _done(request, wanted, _told(moved), undo=back if moved.back.get("day") else "")


@require_POST
def plan_proposal(request: AuthedRequest) -> HttpResponse:
    """Plan a unit that is due on the day where it was dropped."""
    wanted = wanted_of(request)
    person = wanted.whose.one
    team = team_of(person) if person else None
    require(person is not None and can_plan_for(request.user, person, team.pk if team else None))
    assert person is not None  # noqa: S101 -- `require` refused the other case
    form = PlanForm(request.POST, owner=person)
    if not form.is_valid():
        return _draw(request, wanted, status=422, refusal=Refusal(_("This proposal is no longer open.")))
    data = form.cleaned_data
    draft = LineDraft(
        day=data["day"],
        purpose=data["purpose"],
        unit=data["unit"],
        persons=[data["person"]] if data["person"] else [],
        start=data["start"],
        mode=VisitMode(data["mode"]),
    )
    try:
        line = services.plan_on(person, draft, by=request.user)
    except BusinessError as error:
        return _draw(request, wanted, status=error.status, refusal=Refusal(str(error), title=draft.purpose))
    told = _("%(title)s: planned for %(when)s.") % {"title": line.title, "when": _when(line.day, line)}
    return _done(
        request, wanted, told, undo=f"{reverse('agenda-take-out')}?entry=line-{line.pk}&{wanted.query}"
    )


@require_POST
def take_out(request: AuthedRequest) -> HttpResponse:
    """Take a line out again that was planned a moment ago."""
    wanted, line = wanted_of(request), entry_of(request)
    if not isinstance(line, PlanLine) or not is_free(line_of(request, line.pk)):
        error = _("The plan is approved: say why this changes.")
        return _draw(request, wanted, status=422, refusal=Refusal(error))
    try:
        cancel_line(line, by=request.user)
    except BusinessError as error:
        return _draw(request, wanted, status=error.status, refusal=Refusal(str(error)))
    return _done(request, wanted, _("Taken out of the plan."))


def _draw(
    request: AuthedRequest, wanted: Wanted, *, status: int = 200, refusal: Refusal | None = None
) -> HttpResponse:
    context = {
        "agenda": agenda_of(request.user, wanted.whose, look=wanted.look, on=wanted.on),
        "wanted": wanted,
        "looks": [(look.value, label) for look, label in LOOK_LABELS.items()],
        "refusal": refusal,
        "may_subscribe": can_subscribe(request.user),
    }
    return render_page_or_fragment(
        request, "visits/agenda/calendar.html", "visits/agenda/_agenda.html", context, status=status
    )


def _done(request: AuthedRequest, wanted: Wanted, told: str, *, undo: str = "") -> HttpResponse:
    if is_htmx(request):
        return toast_fragment(_draw(request, wanted), told, undo=undo)
    toast(request, told, undo=undo)
    return redirect(wanted.address)


def _move_page(
    request: AuthedRequest,
    wanted: Wanted,
    row: Movable,
    form: MoveForm,
    *,
    status: int = 200,
    free: tuple[tuple[str, str], ...] = (),
) -> HttpResponse:
    context = {"form": form, "wanted": wanted, "entry": _key(row), "title": _title(row), "free": free}
    return render(request, "visits/agenda/move.html", context, status=status)


def _key(row: Movable) -> str:
    kind = {PlanLine: "line", Appointment: "appointment", Task: "task"}[type(row)]
    return f"{kind}-{row.pk}"


def _title(row: Movable) -> str:
    if isinstance(row, Appointment):
        return row.unit.name
    return row.title if isinstance(row, PlanLine) else row.text


def _now(row: Movable) -> dict[str, Any]:
    """Return what the form opens with: where the thing stands now."""
    if isinstance(row, PlanLine):
        return {"day": row.day, "start": row.start, "version": row.version}
    if isinstance(row, Task):
        return {"day": row.due_on, "version": row.version}
    begins = row.starts_at.astimezone(department_zone()) if row.starts_at else None
    return {
        "day": begins.date() if begins else None,
        "start": begins.time() if begins else None,
        "version": row.version,
    }


def _free(error: BusinessError) -> tuple[tuple[str, str], ...]:
    if not isinstance(error, ClashError):
        return ()
    return tuple(
        (f"{slot.start:%Y-%m-%dT%H:%M}", f"{date_format(slot.start, 'D')} {slot.start:%H:%M}")
        for slot in error.free
    )


def _told(moved: Moved) -> str:
    return _("%(title)s: %(when)s.") % {"title": moved.title, "when": _when(moved.day, moved)}


def _when(day: date, thing: Any) -> str:
    hour = f" {thing.start:%H:%M}" if thing.start else ""
    return f"{date_format(day, 'D')} {say_day(day)}{hour}"
