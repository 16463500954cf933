"""Words of score sheets. No Django here."""

from collections.abc import Mapping
from enum import StrEnum


class SheetState(StrEnum):
    """A sheet is live until it is closed; then it is sealed for ever, and a correction is a new revision beside it."""

    DRAFT = "draft"
    PENDING = "pending"
    RETURNED = "returned"
    AGREED = "agreed"
    CLOSED = "closed"
    VOID = "void"


SHEET_TRANSITIONS: Mapping[SheetState, frozenset[SheetState]] = {
    SheetState.DRAFT: frozenset({SheetState.PENDING}),
    SheetState.RETURNED: frozenset({SheetState.PENDING, SheetState.VOID}),
    SheetState.PENDING: frozenset({SheetState.AGREED, SheetState.RETURNED, SheetState.VOID}),
    SheetState.AGREED: frozenset({SheetState.CLOSED, SheetState.RETURNED}),
}

#: Figures are live, marks may be given.
LIVE_STATES = frozenset({SheetState.DRAFT, SheetState.PENDING, SheetState.RETURNED, SheetState.AGREED})
#: Assessors may still rate and waive.
OPEN_STATES = frozenset({SheetState.DRAFT, SheetState.PENDING, SheetState.RETURNED})

SHEET_TONES: Mapping[SheetState, str] = {
    SheetState.DRAFT: "draft",
    SheetState.PENDING: "pending",
    SheetState.RETURNED: "warn",
    SheetState.AGREED: "pending",
    SheetState.CLOSED: "good",
    SheetState.VOID: "draft",
}


class CorrectionState(StrEnum):
    """Where an appeal or a correction stands."""

    PENDING = "pending"
    APPROVED = "approved"
    RETURNED = "returned"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Evidence(StrEnum):
    """What a suggested grade rests on."""

    TRAININGS = "trainings"
    TESTS = "tests"
    ARTICLES = "articles"
    PROMISES = "promises"
    WRITTEN = "written"
    ADOPTED = "adopted"
