"""The list of appointments."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.units.models import KeyAccount
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.search.services import find_by_name
from kam.users.models import User
from visits.appointments.filters import AppointmentFilter
from visits.appointments.models import Appointment
from visits.appointments.permissions import can_record_appointment
from visits.appointments.terms import AppointmentState

TONES = {
    AppointmentState.INFORMED: "draft",
    AppointmentState.BOOKED: "pending",
    AppointmentState.CONFIRMED: "good",
    AppointmentState.VISITED: "good",
    AppointmentState.FOLLOWED_UP: "good",
    AppointmentState.BROKEN: "danger",
}


def _rows(user: User) -> QuerySet[Appointment]:
    return Appointment.objects.visible_to(user).select_related("unit", "person", "user")


def _search(rows: QuerySet[Appointment], text: str) -> QuerySet[Appointment]:
    units = KeyAccount.objects.filter(find_by_name(text))
    return rows.filter(unit__in=units)


def _unit(row: Appointment) -> Name:
    return Name(row.unit.name, sub=row.topic, tier=row.unit.tier, lang="zh-Hans")


def _state(row: Appointment) -> tuple[str, Any]:
    return TONES[AppointmentState(row.state)], row.get_state_display()


APPOINTMENTS = register_list(
    ListSpec(
        key="visits.appointments",
        url="/visits/appointments/",
        title=_("Appointments"),
        rows=_rows,
        columns=(
            Column("unit", _("Unit"), _unit, kind="name", phone="title"),
            Column("when", _("When"), "starts_at", kind="datetime", sort="when", phone="end"),
            Column("state", _("State"), _state, kind="badge", phone="left"),
            Column("person", _("Contact person"), "person.name"),
            Column("user", _("Who goes"), "user.name", phone="foot"),
            Column("origin", _("Origin"), lambda a: a.get_origin_display(), phone="right"),
            Column("caller", _("Caller"), "caller", is_shown=False),
            Column("wished", _("Wished time"), "wished"),
            Column("reason", _("Reason"), lambda a: a.get_reason_kind_display() if a.reason_kind else ""),
        ),
        sorts=(
            Sort("when", _("When"), "starts_at", descending=True, nullable=True),
            Sort("new", _("Newest first"), "id", descending=True),
        ),
        count_words=lambda count, words: (
            ngettext("%(n)s appointment", "%(n)s appointments", count) % {"n": words}
        ),
        filterset=AppointmentFilter,
        search=_search,
        search_hint=_("Unit"),
        row_url=lambda a: f"/visits/appointments/{a.pk}/",
        views=(
            View("open", _("To come"), "when=open"),
            View("today", _("Today"), "when=today"),
            View("wish", _("Without a time"), "when=none"),
            View("broken", _("Broken"), "state=broken"),
        ),
        empty=Empty(
            _("No appointments"),
            _("Write down what customers ask for when they call, or what you agreed with them."),
            _("Record an appointment"),
            "/visits/appointments/new/",
            "calendar-event",
            can=can_record_appointment,
        ),
        can_export=can_record_appointment,
    )
)
