"""S-242, S-070: a version is presented after it was written, to somebody; an answer follows a presentation."""

from datetime import date, timedelta

import pytest

from campaigns.proposals.rules import answer_problem, presentation_problem

DAY = date(2026, 6, 10)


@pytest.mark.parametrize(
    ("after", "persons", "expected"),
    [(0, 1, None), (5, 2, None), (6, 1, ("on", "future")), (-1, 1, ("on", "before")), (0, 0, ("persons", "nobody"))],
)  # fmt: skip
def test_presented(after, persons, expected):
    on, today = DAY + timedelta(after), DAY + timedelta(5)
    assert presentation_problem(on=on, written_on=DAY, today=today, persons=persons) == expected


@pytest.mark.parametrize(
    ("after", "presented", "expected"),
    [(0, DAY, None), (5, DAY, None), (6, DAY, ("on", "future")), (-1, DAY, ("on", "early")), (0, None, ("on", "unseen"))],
)  # fmt: skip
def test_answered(after, presented, expected):
    on, today = DAY + timedelta(after), DAY + timedelta(5)
    assert answer_problem(on=on, presented_on=presented, today=today) == expected
