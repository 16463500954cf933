"""What the calendar's views read from an address: how it is looked at, whose, which day, which entry; 404 for what is not the visitor's."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from kam.core.asked import day_in, number_in
from kam.core.clock import business_date
from kam.notes.models import Task
from kam.users.http import AuthedRequest, require
from visits.agenda.permissions import can_read_agenda
from visits.agenda.selectors import Whose, whose_of
from visits.agenda.services import Movable
from visits.agenda.terms import Look
from visits.appointments.models import Appointment
from visits.appointments.permissions import can_change_appointment
from visits.plans.http import line_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a page of the calendar shows."""

    look: Look
    on: date
    whose: Whose

    @property
    def query(self) -> str:
        return urlencode({"view": self.look.value, "on": self.on.isoformat(), "whose": self.whose.value})

    @property
    def address(self) -> str:
        return f"{reverse('agenda')}?{self.query}"


def wanted_of(request: AuthedRequest) -> Wanted:
    """Return what the address asks for: the month of today by default, one's own where one has a plan."""
    require(can_read_agenda(request.user))
    asked = request.GET.dict() | request.POST.dict()
    try:
        look = Look(asked.get("view") or Look.MONTH)
    except ValueError:
        raise Http404 from None
    on = day_in(asked.get("on")) if asked.get("on") else business_date()
    whose = whose_of(request.user, asked.get("whose", ""))
    if on is None or whose is None:
        raise Http404
    return Wanted(look, on, whose)


def entry_of(request: AuthedRequest) -> Movable:
    """Return the row of `entry` (`line-12`) that the visitor sees and may move."""
    asked = request.GET.dict() | request.POST.dict()
    kind, _dash, number = asked.get("entry", "").partition("-")
    pk = number_in(number) or 0
    if kind == "line":
        return line_of(request, pk)
    if kind == "appointment":
        rows = Appointment.objects.visible_to(request.user)
        row = get_object_or_404(rows.select_related("unit", "user", "person", "plan_line__plan"), pk=pk)
        require(can_change_appointment(request.user, row))
        return row
    if kind == "task":
        return get_object_or_404(Task.objects.visible_to(request.user).open(), pk=pk)
    raise Http404
