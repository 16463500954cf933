"""Words of product briefings. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from enum import IntEnum, StrEnum

from visits.bookings.terms import ResourceKind


class BriefingState(StrEnum):
    """Asked for, decided, prepared (people and materials reserved), held, closed once the return visits are planned."""

    PENDING = "pending"
    RETURNED = "returned"
    APPROVED = "approved"
    PREPARED = "prepared"
    HELD = "held"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


_B = BriefingState
BRIEFING_MOVES: Mapping[BriefingState, frozenset[BriefingState]] = {
    _B.PENDING: frozenset({_B.APPROVED, _B.RETURNED, _B.REJECTED, _B.WITHDRAWN}),
    _B.RETURNED: frozenset({_B.PENDING, _B.WITHDRAWN}),
    _B.APPROVED: frozenset({_B.PREPARED, _B.CANCELLED}),
    _B.PREPARED: frozenset({_B.PREPARED, _B.HELD, _B.CANCELLED}),
    _B.HELD: frozenset({_B.CLOSED}),
}
#: The word always stands beside the colour.
STATE_TONES: Mapping[BriefingState, str] = {
    _B.PENDING: "pending",
    _B.RETURNED: "warn",
    _B.APPROVED: "pending",
    _B.PREPARED: "good",
    _B.HELD: "warn",
    _B.CLOSED: "good",
    _B.CANCELLED: "draft",
    _B.REJECTED: "danger",
    _B.WITHDRAWN: "draft",
}
#: Something is still to be done.
OPEN = (_B.PENDING, _B.RETURNED, _B.APPROVED, _B.PREPARED, _B.HELD)


class Step(IntEnum):
    """The seven steps in their order (S-177)."""

    AGREE = 1
    ARRIVE = 2
    HAND_OUT = 3
    PRESENT = 4
    TALK = 5
    COUNT = 6
    RETURN_VISITS = 7


class StaffRole(StrEnum):
    """Who takes part on our side (S-180)."""

    SALES = "sales"
    ENGINEER = "engineer"
    PROPERTY = "property"
    DRIVER = "driver"


class ItemKind(StrEnum):
    """What a briefing takes along (S-178, S-179)."""

    LEAFLET = "leaflet"
    SHEET = "sheet"
    BOOKLET = "booklet"
    BAG = "bag"
    SLIDES = "slides"
    GIFT = "gift"
    MEMBER_PACK = "member_pack"
    VEHICLE = "vehicle"
    PROJECTOR = "projector"
    LAPTOP = "laptop"


#: These are lent out by the department and booked; everything else is taken from the stock of the campaign, or brought along.
BOOKED: Mapping[ItemKind, ResourceKind] = {
    ItemKind.VEHICLE: ResourceKind.VEHICLE,
    ItemKind.PROJECTOR: ResourceKind.EQUIPMENT,
    ItemKind.LAPTOP: ResourceKind.EQUIPMENT,
}
