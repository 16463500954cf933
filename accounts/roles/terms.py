"""The four seats of a purchase (S-032 … S-037). No Django here; the labels stand in labels.py."""

from enum import StrEnum

from accounts.persons.terms import BuyerRole, GatekeeperKind


class Seat(StrEnum):
    """Who must be known at a unit; the gatekeepers of technique and of money are two seats."""

    DECISION_MAKER = "decision_maker"
    TECHNICAL = "technical"
    FINANCIAL = "financial"
    USER = "user"


class Loss(StrEnum):
    """Why a seat has less than its full points."""

    NOBODY = "nobody"
    ASSUMED = "assumed"
    NEVER_SEEN = "never_seen"
    SILENT = "silent"
    ATTITUDE_UNKNOWN = "attitude_unknown"
    NEUTRAL = "neutral"
    OPPOSES = "opposes"


def seat_of(role: str, gatekeeper_kind: str) -> Seat:
    """Return the seat of a buyer role."""
    if role == BuyerRole.GATEKEEPER:
        return Seat.FINANCIAL if gatekeeper_kind == GatekeeperKind.FINANCIAL else Seat.TECHNICAL
    return Seat(role)
