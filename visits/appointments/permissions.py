"""Who may record and change appointments."""

from kam.users.models import User
from kam.users.scopes import scope_of
from kam.users.terms import SELLERS, Position
from visits.appointments.models import Appointment


def can_read_appointments(user: User) -> bool:
    """Sellers, the clerk at the telephone of the marketing centre, and the heads above."""
    return user.is_active and user.position in (
        SELLERS | {Position.CLERK, Position.MARKETING_DIRECTOR, Position.GENERAL_MANAGER}
    )


def can_record_appointment(user: User) -> bool:
    """Whoever takes the call: the clerk or any seller (S-156)."""
    return user.is_active and user.position in (SELLERS | {Position.CLERK})


def can_change_appointment(user: User, appointment: Appointment) -> bool:
    """Who goes, whoever leads them with the right to write, who recorded it, and the clerk."""
    if not can_record_appointment(user):
        return False
    own = user.pk in {appointment.user_id, appointment.recorded_by_id} or user.position == Position.CLERK
    return own or scope_of(user).may_write(appointment.user_id, appointment.team_id)


def can_plan_appointment(user: User, appointment: Appointment) -> bool:
    """Put it into the week of who goes: they themselves, or whoever leads them."""
    return scope_of(user).may_write(appointment.user_id, appointment.team_id)
