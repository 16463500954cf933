"""What appointments give to the frames: acts, the list, the week board, and the guard of their plan lines."""

from django.utils.translation import gettext_lazy as _

from kam.audit.registry import register_act
from kam.notes.registry import register_link
from visits.appointments import tables
from visits.appointments.models import Appointment
from visits.appointments.selectors import board_entries
from visits.plans.registry import register_entries, register_line_guard

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

LISTS = (tables.APPOINTMENTS,)


def _agreed_with_customer(line_id: int) -> str | None:
    """A line that stands for an agreed appointment moves with the appointment only."""
    if Appointment.objects.open().filter(plan_line_id=line_id).exists():
        return str(
            _("This time was agreed with the customer. Change the appointment; the line moves with it.")
        )
    return None


register_line_guard("appointments", _agreed_with_customer)
