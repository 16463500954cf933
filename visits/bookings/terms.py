"""What can be booked. No Django here."""

from enum import StrEnum

from kam.users.terms import SELLERS, Position


class ResourceKind(StrEnum):
    """A resource that is at one place at a time (S-114, S-161)."""

    PERSON = "person"
    VEHICLE = "vehicle"
    ROOM = "room"
    EQUIPMENT = "equipment"


#: Who reads what is lent to whom: whoever plans or reads plans.
READERS = SELLERS | {Position.MARKETING_DIRECTOR, Position.GENERAL_MANAGER, Position.CLERK}
#: The source of a booking that the clerk entered by hand.
DESK = "desk"
