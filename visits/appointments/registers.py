"""What appointments give to the frames: acts, the list, the week board, and the guard of their plan lines."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.merge.registry import declare
from accounts.merge.terms import How
from accounts.units.models import KeyAccount
from accounts.units.picks import unit_pick
from accounts.units.registry import GoesAlong, register_goes_along
from kam.audit.registry import register_act
from kam.demo.registry import register_part
from kam.notes.registry import register_link
from kam.people.registry import Holding, HoldingRow, register_holding
from kam.search.registry import register_action, register_page, register_pick
from kam.users.models import User
from visits.appointments import services, tables
from visits.appointments.demo import play_appointments
from visits.appointments.models import Appointment
from visits.appointments.permissions import can_read_appointments, can_record_appointment
from visits.appointments.selectors import board_entries, broken_proposals, recordable_units
from visits.plans.registry import register_entries, register_line_guard, register_proposals

register_act("visits.appointment.recorded", _("Appointment recorded"))
register_act("visits.appointment.booked", _("Appointment booked"))
register_act("visits.appointment.changed", _("Appointment changed"))
register_act("visits.appointment.confirmed", _("Appointment confirmed"))
register_act("visits.appointment.planned", _("Appointment put into the week plan"))
register_act("visits.appointment.visited", _("Appointment held"))
register_act("visits.appointment.followed_up", _("Appointment followed up"))
register_act("visits.appointment.broken", _("Appointment broken"))
register_act("visits.appointment.handed_over", _("Appointment handed over"))

register_link("appointment", lambda pk: f"/visits/appointments/{int(pk)}/")
register_entries("appointments", board_entries)
register_proposals("appointments", broken_proposals)

LISTS = (tables.APPOINTMENTS,)


def _held(user: User) -> list[HoldingRow]:
    """Open appointments at others' units; those at their own go along with the unit."""
    rows = (
        Appointment.objects.open().filter(user=user).exclude(unit__in=KeyAccount.objects.filter(owner=user))
    )
    rows = rows.select_related("unit")
    return [
        HoldingRow(str(row.pk), str(row), str(row.get_state_display()), f"/visits/appointments/{row.pk}/")
        for row in rows
    ]


def _move(row_ids: Sequence[str], frm: User, to: User, by: User) -> None:
    for row in Appointment.objects.filter(pk__in=row_ids, user=frm).order_by("pk"):
        services.hand_over_appointment(row, to=to, by=by)


def _waiting(owner: User) -> dict[int, int]:
    rows = Appointment.objects.open().filter(user=owner, unit__owner=owner)
    return Counter(rows.values_list("unit", flat=True))


register_goes_along(
    GoesAlong(
        "appointments",
        10,
        lambda n: ngettext("%(n)s appointment", "%(n)s appointments", n) % {"n": n},
        services.follow_owner,
        _waiting,
    )
)
# before the plan lines: an appointment takes its own line along
register_holding(Holding("visits.appointments", _("Open appointments"), _held, _move, order=39))


def _agreed_with_customer(line_id: int) -> str | None:
    """A line that stands for an agreed appointment moves with the appointment only."""
    if Appointment.objects.open().filter(plan_line_id=line_id).exists():
        return str(
            _("This time was agreed with the customer. Change the appointment; the line moves with it.")
        )
    return None


register_line_guard("appointments", _agreed_with_customer)

register_page(
    "visits.appointments",
    _("Appointments"),
    "/visits/appointments/",
    icon="calendar-event",
    visible=can_read_appointments,
    order=14,
)
register_action(
    "visits.appointment.new",
    _("New appointment"),
    "/visits/appointments/new/",
    icon="calendar-plus",
    visible=can_record_appointment,
)
register_part(55, "appointments", play_appointments)
register_pick(unit_pick("visits.appointment_unit", lambda user, _within: recordable_units(user)))
declare(How.MOVE, "visits.Appointment.unit", "visits.Appointment.person")
