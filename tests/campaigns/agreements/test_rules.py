"""S-258: long-term agreements by their days, both included; 'agreement ends' from the notice on, until it is renewed."""

from datetime import date, timedelta

import pytest

from campaigns.agreements.rules import Term, days_left, end_problem, state_on, term_problem
from campaigns.agreements.terms import AgreementState

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
TERM = Term(FIRST, LAST)
TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("term", "day", "expected"),
    [
        (TERM, date(2025, 12, 31), AgreementState.COMING),
        (TERM, FIRST, AgreementState.IN_FORCE),
        (TERM, date(2026, 10, 1), AgreementState.IN_FORCE),
        (TERM, date(2026, 10, 2), AgreementState.ENDING),
        (TERM, LAST, AgreementState.ENDING),
        (TERM, date(2027, 1, 1), AgreementState.EXPIRED),
        (Term(FIRST, LAST, is_renewed=True), date(2026, 10, 2), AgreementState.RENEWED),
        (Term(FIRST, LAST, is_renewed=True), date(2027, 1, 1), AgreementState.RENEWED),
        (Term(FIRST, LAST, date(2026, 5, 1)), date(2026, 4, 30), AgreementState.IN_FORCE),
        (Term(FIRST, LAST, date(2026, 5, 1)), date(2026, 5, 1), AgreementState.ENDED),
    ],
)
def test_where_it_stands(term, day, expected):
    assert state_on(term, day, 90) is expected


def test_days_left():
    assert (days_left(LAST, LAST), days_left(LAST, LAST + timedelta(2))) == (0, -2)


@pytest.mark.parametrize(
    ("starts", "ends", "signed", "follows", "expected"),
    [
        (FIRST, LAST, FIRST, None, None),
        (FIRST, FIRST, TODAY, None, None),
        (LAST, FIRST, FIRST, None, ("ends_on", "order")),
        (FIRST, LAST, TODAY + timedelta(1), None, ("signed_on", "future")),
        (FIRST, LAST, LAST, None, ("signed_on", "future")),
        (FIRST, LAST, FIRST, FIRST, ("starts_on", "overlap")),
        (FIRST, LAST, FIRST, FIRST - timedelta(1), None),
    ],
)
def test_terms(starts, ends, signed, follows, expected):
    told = {"starts_on": starts, "ends_on": ends, "signed_on": signed, "follows": follows}
    assert term_problem(**told, today=TODAY) == expected


@pytest.mark.parametrize(
    ("on", "today", "expected"),
    [
        (date(2026, 5, 1), TODAY, None),
        (TODAY, TODAY, None),
        (TODAY + timedelta(1), TODAY, ("on", "future")),
        (FIRST - timedelta(1), TODAY, ("on", "outside")),
        (FIRST, TODAY, None),
        (LAST, LAST, None),
        (LAST + timedelta(1), LAST + timedelta(1), ("on", "outside")),
    ],
)
def test_ended_early(on, today, expected):
    assert end_problem(TERM, on, today) == expected
