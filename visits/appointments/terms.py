"""Words and the state table of appointments (S-156, S-157). No Django here."""

from collections.abc import Mapping
from enum import StrEnum


class AppointmentState(StrEnum):
    """How far an appointment got."""

    INFORMED = "informed"  # the customer knows how to reach the marketing centre
    BOOKED = "booked"  # time and contact person are fixed
    CONFIRMED = "confirmed"
    VISITED = "visited"
    FOLLOWED_UP = "followed_up"  # the follow-up form is filled in
    BROKEN = "broken"  # the customer did not keep it, or we could not; with reason


OPEN = frozenset({AppointmentState.INFORMED, AppointmentState.BOOKED, AppointmentState.CONFIRMED})

MOVES: Mapping[AppointmentState, frozenset[AppointmentState]] = {
    AppointmentState.INFORMED: frozenset(
        {AppointmentState.BOOKED, AppointmentState.VISITED, AppointmentState.BROKEN}
    ),
    # a changed appointment is booked again: the new time needs a new confirmation
    AppointmentState.BOOKED: frozenset(
        {
            AppointmentState.BOOKED,
            AppointmentState.CONFIRMED,
            AppointmentState.VISITED,
            AppointmentState.BROKEN,
        }
    ),
    AppointmentState.CONFIRMED: frozenset(
        {AppointmentState.BOOKED, AppointmentState.VISITED, AppointmentState.BROKEN}
    ),
    AppointmentState.VISITED: frozenset({AppointmentState.FOLLOWED_UP}),
}


class Origin(StrEnum):
    """Who asked for it."""

    OURS = "ours"
    CALL = "call"  # the customer rang the marketing centre


class BreakReason(StrEnum):
    """Why it came to nothing or was changed (S-157)."""

    CUSTOMER_CHANGED = "customer_changed"
    CUSTOMER_ABSENT = "customer_absent"
    NO_VEHICLE = "no_vehicle"
    OUR_CHANGE = "our_change"
    OTHER = "other"
