"""About whom, what must be said, who comments when. No database."""

from datetime import date

import pytest

from kam.personnel.rules import About, Told, comment_problem, proposal_problem
from kam.personnel.terms import Fault, Kind, ProposalState

TODAY = date(2026, 3, 2)
PERSON = About(person=7, position="specialist")
TOLD = Told("late", "a warning", "two calls", Fault.NEGLIGENCE, TODAY)


def problem(kind, about=PERSON, told=TOLD):
    return proposal_problem(kind, about, told, by=1, today=TODAY)


@pytest.mark.parametrize(
    ("kind", "about", "told", "expected"),
    [
        (Kind.SANCTION, PERSON, TOLD, None),
        (Kind.DISMISS, PERSON, Told("late", "end it"), None),
        (Kind.HIRE, About(candidate="Lin", position="clerk"), Told("missing", "hire"), None),
        (Kind.HIRE, About(candidate=" ", position="clerk"), TOLD, ("candidate", "candidate")),
        (Kind.HIRE, About(candidate="Lin", position="director"), TOLD, ("position", "position")),
        (Kind.SANCTION, About(), TOLD, ("person", "person")),
        (Kind.SANCTION, About(person=1, position="manager"), TOLD, ("person", "own")),
        (Kind.DISMISS, About(person=7, position="finance"), TOLD, ("person", "staff")),
        (Kind.SANCTION, PERSON, Told("a", "b", "c", "", TODAY), ("fault", "fault")),
        (Kind.SANCTION, PERSON, Told("a", "b", "c", "act"), ("happened_on", "day")),
        (Kind.SANCTION, PERSON, Told("a", "b", "c", "act", date(2026, 3, 3)), ("happened_on", "future")),
        (Kind.SANCTION, PERSON, Told("a", "b", " ", "act", TODAY), ("evidence", "evidence")),
        (Kind.DISMISS, PERSON, Told(" ", "b"), ("what", "what")),
        (Kind.DISMISS, PERSON, Told("a", ""), ("proposal", "proposal")),
    ],
)
def test_what_a_proposal_needs(kind, about, told, expected):
    assert problem(kind, about, told) == expected


@pytest.mark.parametrize(
    ("state", "is_about_me", "comment", "said", "expected"),
    [
        (ProposalState.APPROVED, True, "true", "", None),
        (ProposalState.REJECTED, True, "thanks", "", None),
        (ProposalState.APPROVED, False, "x", "", "not_yours"),
        (ProposalState.PENDING, True, "x", "", "not_decided"),
        (ProposalState.APPROVED, True, "x", "before", "once"),
        (ProposalState.APPROVED, True, "  ", "", "blank"),
    ],
)
def test_the_person_comments_once_after_the_decision(state, is_about_me, comment, said, expected):
    assert comment_problem(state=state, is_about_me=is_about_me, comment=comment, said=said) == expected
