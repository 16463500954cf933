"""Words of job sheets. No Django here."""

from collections.abc import Mapping
from enum import StrEnum

#: The sheet of the department itself: superior, headcount, duties, powers (S-135 … S-137).
DEPARTMENT = "department"
#: In which language a sheet is written, in the order of the page. It is handed in when all three are there.
LANGUAGES = ("zh-hans", "zh-hant", "en")


class SheetState(StrEnum):
    """Where a version stands; the words are the engine's (12-decisions 10). An approved one never changes again."""

    DRAFT = "draft"
    PENDING = "pending"
    RETURNED = "returned"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


#: Its text may still be changed.
OPEN_STATES = frozenset({SheetState.DRAFT, SheetState.RETURNED})
#: One of these at a time for a position.
UNFINISHED = frozenset({*OPEN_STATES, SheetState.PENDING})

SHEET_MOVES: Mapping[SheetState, frozenset[SheetState]] = {
    SheetState.DRAFT: frozenset({SheetState.PENDING, SheetState.WITHDRAWN}),
    SheetState.RETURNED: frozenset({SheetState.PENDING, SheetState.WITHDRAWN}),
    SheetState.PENDING: frozenset(
        {SheetState.APPROVED, SheetState.RETURNED, SheetState.REJECTED, SheetState.WITHDRAWN}
    ),
}


class Part(StrEnum):
    """The boxes of the form, in the order in which it is printed; each is lines of text."""

    PLACE = "place"
    QUALIFICATION = "qualification"
    ABILITIES = "abilities"
    ATTITUDE = "attitude"
    DUTIES = "duties"
    POWERS = "powers"
    ASSESSMENT = "assessment"
