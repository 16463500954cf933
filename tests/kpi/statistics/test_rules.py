"""When the statistics of a month are due, who owes them, who may what. No database."""

from datetime import date
from types import SimpleNamespace

import pytest

from kam.core.periods import month_of
from kam.users.terms import Position
from kpi.statistics.permissions import can_hand_in_statistics, can_mark_read, can_see_statements
from kpi.statistics.rules import compared, due_on, is_over, owed

pytestmark = pytest.mark.rules
MAY, JUNE = month_of(date(2026, 5, 1)), month_of(date(2026, 6, 1))


@pytest.mark.parametrize(
    ("month", "before", "year_before"),
    [("2026-06-01", "2026-05-01", "2025-06-01"), ("2024-02-01", "2024-01-01", "2023-02-01"), ("2026-01-01", "2025-12-01", "2025-01-01")],
)  # fmt: skip
def test_a_month_is_compared_with_the_one_before_and_a_year_before(month, before, year_before):
    days = [date.fromisoformat(day) for day in (month, before, year_before)]
    assert compared(month_of(days[0])) == tuple(month_of(day) for day in days)


def test_a_month_is_over_after_its_last_day():
    assert [is_over(JUNE, date(2026, *day)) for day in ((6, 1), (6, 30), (7, 1))] == [False, False, True]


@pytest.mark.parametrize(
    ("month", "due_day", "due"),
    [
        ("2026-06-01", 5, "2026-07-05"),
        ("2026-12-01", 5, "2027-01-05"),
        ("2026-01-01", 28, "2026-02-28"),
        ("2026-01-01", 31, "2026-02-28"),  # a month without such a day
        ("2026-06-01", 1, "2026-07-01"),
    ],
)
def test_statistics_are_due_on_a_day_of_the_next_month(month, due_day, due):
    assert due_on(month_of(date.fromisoformat(month)), due_day) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("handed_in", "joined_on", "today", "month"),
    [
        ([], "2025-01-01", "2026-07-01", JUNE),
        ([MAY.first], "2025-01-01", "2026-07-20", JUNE),
        ([JUNE.first, MAY.first], "2025-01-01", "2026-07-01", None),
        ([MAY.first], "2025-01-01", "2026-06-30", None),
        ([], "2026-06-30", "2026-07-01", JUNE),
        ([], "2026-07-01", "2026-07-01", None),
        ([], "2025-01-01", "2027-01-03", month_of(date(2026, 12, 1))),
    ],
)
def test_a_clerk_owes_the_last_month_until_it_is_handed_in(handed_in, joined_on, today, month):
    assert owed(handed_in, date.fromisoformat(joined_on), date.fromisoformat(today)) == month


def person(position, *, is_active=True):
    return SimpleNamespace(pk=1, position=position, is_active=is_active)


def test_the_clerk_hands_in_and_the_heads_read_once():
    waits, done = SimpleNamespace(read_at=None), SimpleNamespace(read_at="2026-07-03")
    rights = {
        position: (
            can_see_statements(person(position)),
            can_hand_in_statistics(person(position)),
            can_mark_read(person(position), waits),
        )
        for position in Position
    }
    assert {position: told for position, told in rights.items() if any(told)} == {
        Position.CLERK: (True, True, False),
        Position.DIRECTOR: (True, False, True),
        Position.GENERAL_MANAGER: (True, False, True),
        Position.MARKETING_DIRECTOR: (True, False, False),
    }
    director, left = person(Position.DIRECTOR), person(Position.DIRECTOR, is_active=False)
    assert not can_mark_read(director, done)
    assert not any((can_see_statements(left), can_mark_read(left, waits)))
    assert not can_hand_in_statistics(person(Position.CLERK, is_active=False))
