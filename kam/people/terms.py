"""Words about absences, handovers and signing in. No Django here."""

from enum import StrEnum

from kam.users.terms import Position


class AbsenceKind(StrEnum):
    """Why somebody is away. On leave no digests come; on a trip they do."""

    LEAVE = "leave"
    TRIP = "trip"
    OTHER = "other"


class HandoverState(StrEnum):
    """draft → pending → done; a pending one may come back to draft or be cancelled."""

    DRAFT = "draft"
    PENDING = "pending"
    DONE = "done"
    CANCELLED = "cancelled"


HANDOVER_TRANSITIONS: dict[HandoverState, frozenset[HandoverState]] = {
    HandoverState.DRAFT: frozenset({HandoverState.PENDING, HandoverState.CANCELLED}),
    HandoverState.PENDING: frozenset({HandoverState.DRAFT, HandoverState.DONE, HandoverState.CANCELLED}),
}

#: Who must use a second factor where settings.TOTP_REQUIRED is on (12-decisions, 7).
SECOND_FACTOR = frozenset(
    {
        Position.MANAGER,
        Position.DIRECTOR,
        Position.MARKETING_DIRECTOR,
        Position.GENERAL_MANAGER,
        Position.FINANCE,
        Position.ADMINISTRATOR,
    }
)
