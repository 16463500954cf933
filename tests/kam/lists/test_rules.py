"""When a file needs the director, at the edges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.lists.rules import Limits, is_still_approved, why_approval
from kam.lists.terms import Why

LIMITS = Limits(a_file=100, thirty_days=300)
counts = st.integers(0, 10_000)


@pytest.mark.parametrize(
    ("is_personal", "rows", "taken", "why"),
    [
        (False, 0, 0, None),
        (False, 100, 0, None),
        (False, 101, 0, Why.LARGE),
        (False, 100, 200, None),
        (False, 100, 201, Why.MANY),
        (False, 1, 300, Why.MANY),
        (True, 0, 0, Why.PERSONAL),
        (True, 101, 300, Why.PERSONAL),
    ],
)
def test_why_approval_at_the_edges(is_personal, rows, taken, why):
    assert why_approval(is_personal=is_personal, rows=rows, taken=taken, limits=LIMITS) == why


@given(counts, counts, counts)
def test_more_rows_never_need_less(rows, taken, more):
    before = why_approval(is_personal=False, rows=rows, taken=taken, limits=LIMITS)
    after = why_approval(is_personal=False, rows=rows + more, taken=taken, limits=LIMITS)
    assert before is None or after is not None


@pytest.mark.parametrize(
    ("approved", "rows", "still"),
    [(100, 110, True), (100, 111, False), (0, 0, True), (0, 1, False), (9, 1, True)],
)
def test_is_still_approved_up_to_a_tenth_more(approved, rows, still):
    assert is_still_approved(approved=approved, rows=rows) is still
