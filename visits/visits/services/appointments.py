"""What a visit does to the appointment it was made for (S-156, S-157)."""

from datetime import date

from accounts.units.models import KeyAccount
from kam.users.models import User
from visits.appointments.models import Appointment
from visits.appointments.selectors import day_bounds
from visits.appointments.services import break_appointment, mark_visited
from visits.appointments.terms import BreakReason
from visits.plans.models import PlanLine
from visits.plans.terms import VisitMode
from visits.visits.models import Visit
from visits.visits.terms import Outcome


def appointment_of(
    line: PlanLine | None, *, unit: KeyAccount, on: date, mode: VisitMode, by: User
) -> Appointment | None:
    """Return the open appointment that the plan line stands for, or one's own with the unit on that day."""
    rows = Appointment.objects.open().filter(user=by)
    if line is not None:
        return rows.filter(plan_line=line).first()
    if mode in {VisitMode.PHONE, VisitMode.WRITTEN}:
        return None
    start, end = day_bounds(on, on)
    return rows.filter(unit=unit, starts_at__gte=start, starts_at__lt=end).order_by("starts_at", "pk").first()


def settle_appointment(visit: Visit, *, by: User) -> None:
    """Mark the appointment of a visit as held; one to which nobody came is broken and offered again."""
    appointment = visit.appointment
    if appointment is None or not appointment.is_open:
        return
    if visit.outcome == Outcome.NOT_MET:
        break_appointment(appointment, reason_kind=BreakReason.CUSTOMER_ABSENT, by=by, reason=visit.summary)
    else:
        mark_visited(appointment, by=by, began_at=visit.started_at)
