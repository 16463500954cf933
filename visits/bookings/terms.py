"""What can be booked. No Django here."""

from enum import StrEnum


class ResourceKind(StrEnum):
    """A resource that is at one place at a time (S-114, S-161)."""

    PERSON = "person"
    VEHICLE = "vehicle"
    ROOM = "room"
    EQUIPMENT = "equipment"


#: The source of a booking that the clerk entered by hand.
DESK = "desk"
