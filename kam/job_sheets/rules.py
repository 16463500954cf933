"""Job sheets: what a version needs before it is handed in, who reads whose, who signed as what. See docs/domain/job_sheets.md."""

from collections.abc import Mapping, Sequence

from kam.job_sheets.terms import DEPARTMENT, LANGUAGES, Part
from kam.users.terms import Position

#: Who writes sheets: the department's head and the personnel office.
KEEPERS = frozenset({Position.DIRECTOR, Position.HR})
#: Who reads the sheets of everybody.
READERS = KEEPERS | {Position.GENERAL_MANAGER, Position.MARKETING_DIRECTOR}
#: Who reads the sheets of the people they lead.
_LED_BY = {
    Position.TEAM_LEAD: (Position.SPECIALIST,),
    Position.MANAGER: (Position.SPECIALIST, Position.TEAM_LEAD, Position.CLERK),
}


def needed_parts(subject: str) -> tuple[Part, ...]:
    """Return what must be filled in: the duties always, what a person must bring for a position, the powers for the department."""
    return (Part.DUTIES, Part.POWERS) if subject == DEPARTMENT else (Part.QUALIFICATION, Part.DUTIES)


def lacking(subject: str, texts: Mapping[str, Mapping[str, str]]) -> list[tuple[str, Part]]:
    """Return (language, part) of everything that still has to be written before the version is handed in."""
    return [
        (language, part)
        for language in LANGUAGES
        for part in needed_parts(subject)
        if not texts.get(language, {}).get(part, "").strip()
    ]


def subjects_read_by(position: Position) -> frozenset[str] | None:
    """Return whose approved sheets a position reads: the own, those it leads, the department's; None for all."""
    if position in READERS:
        return None
    return frozenset({DEPARTMENT, position.value, *(led.value for led in _LED_BY.get(position, ()))})


def signers(deciders: Sequence[int]) -> tuple[int | None, int | None]:
    """Return (who reviewed, who approved) of those who said yes, in their order; with one decider nobody reviewed apart."""
    if not deciders:
        return None, None
    return (deciders[0] if len(deciders) > 1 else None), deciders[-1]


def lines_of(text: str) -> list[str]:
    """Return the lines of a box without blanks."""
    return [line.strip() for line in text.splitlines() if line.strip()]
