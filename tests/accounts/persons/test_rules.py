"""Designation, the freeze of a first visit and the scales, each at its edge, without a database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.persons.rules import SCALES, FirstVisit, designation_problem, in_scale, is_frozen

ENTERED = datetime(2026, 7, 1, 9, tzinfo=UTC)
FIRST = FirstVisit(date(2026, 7, 1), ENTERED, {7})
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("person", "first", "after", "problem"),
    [
        (7, None, timedelta(0), "no_visit"),
        (8, FIRST, timedelta(0), "not_met"),
        (7, FIRST, timedelta(days=7), ""),
        (7, FIRST, timedelta(days=7) + SECOND, "late"),
    ],
)
def test_a_key_person_was_met_and_is_designated_in_time(person, first, after, problem):
    assert designation_problem(person, first, now=ENTERED + after, days=7) == problem


def test_persons_met_freeze_with_the_last_hour():
    last = ENTERED + timedelta(hours=24)
    assert not is_frozen(ENTERED, now=last - SECOND, hours=24)
    assert is_frozen(ENTERED, now=last, hours=24)


@pytest.mark.parametrize(
    ("field", "low", "high"),
    [("influence", 1, 5), ("awareness", 1, 5), ("acceptance", 1, 5), ("rating", -5, 5)],
)
def test_a_scale_takes_its_ends_and_nothing_beyond(field, low, high):
    assert set(SCALES) == {"influence", "awareness", "acceptance", "rating"}
    assert [in_scale(field, value) for value in (low - 1, low, high, high + 1)] == [False, True, True, False]
    assert in_scale(field, None)
    assert in_scale("post", 99)
