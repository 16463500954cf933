"""Personnel proposals: about whom, what must be said, who reads them, who may comment. See docs/domain/personnel.md."""

from dataclasses import dataclass
from datetime import date

from kam.personnel.terms import DECIDED_STATES, Kind, ProposalState
from kam.users.terms import Position

#: Whom the department's head may propose something about: the department's own staff.
STAFF = frozenset({Position.SPECIALIST, Position.TEAM_LEAD, Position.MANAGER, Position.CLERK})
#: Who reads the register. HR and the general manager read what was handed in, the director drafts as well.
READERS = frozenset({Position.DIRECTOR, Position.HR, Position.GENERAL_MANAGER})


@dataclass(frozen=True, slots=True)
class About:
    """Whom a proposal is about: somebody who works here, or a candidate for a position."""

    person: int | None = None
    position: str = ""
    candidate: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a proposal says."""

    what: str
    proposal: str
    evidence: str = ""
    fault: str = ""
    happened_on: date | None = None


def proposal_problem(kind: Kind, about: About, told: Told, *, by: int, today: date) -> tuple[str, str] | None:
    """Return (field, code) of what cannot be, None where the proposal can stand."""
    who = _candidate_problem(about) if kind is Kind.HIRE else _person_problem(about, by)
    if who is not None:
        return who
    if kind is Kind.SANCTION and (wrong := _sanction_problem(told, today)):
        return wrong
    said = (("what", told.what), ("proposal", told.proposal))
    return next(((field, field) for field, text in said if not text.strip()), None)


def _candidate_problem(about: About) -> tuple[str, str] | None:
    if not about.candidate.strip():
        return "candidate", "candidate"
    return None if about.position in STAFF else ("position", "position")


def _person_problem(about: About, by: int) -> tuple[str, str] | None:
    if about.person is None:
        return "person", "person"
    if about.person == by:
        return "person", "own"
    return None if about.position in STAFF else ("person", "staff")


def _sanction_problem(told: Told, today: date) -> tuple[str, str] | None:
    tests = (
        (not told.fault, "fault", "fault"),
        (told.happened_on is None, "happened_on", "day"),
        (told.happened_on is not None and told.happened_on > today, "happened_on", "future"),
        (not told.evidence.strip(), "evidence", "evidence"),
    )
    return next(((field, code) for is_wrong, field, code in tests if is_wrong), None)


def comment_problem(*, state: ProposalState, is_about_me: bool, comment: str, said: str) -> str | None:
    """Return why a comment is not taken: only the person, only after the decision, only once, not blank."""
    tests = (
        (not is_about_me, "not_yours"),
        (state not in DECIDED_STATES, "not_decided"),
        (bool(said), "once"),
        (not comment.strip(), "blank"),
    )
    return next((code for is_wrong, code in tests if is_wrong), None)
