"""What is held, what a year came to, who may do what; without a database."""

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.supplies import permissions as may
from campaigns.supplies.rules import Entry, Year, change_of, is_possible, year_of
from campaigns.supplies.terms import EntryKind
from kam.users.models import User
from kam.users.terms import Position

pytestmark = pytest.mark.rules
D, T, R, U, P = EntryKind


@pytest.mark.parametrize(
    ("kind", "quantity", "held", "possible"),
    [
        (D, 1, 0, True),
        (D, 0, 5, False),
        (R, 5, 5, True),
        (R, 6, 5, False),
        (U, 1, 0, False),
        (P, -1, 9, False),
    ],
)
def test_s225_nothing_goes_that_is_not_held(kind, quantity, held, possible):
    assert is_possible(kind, quantity, held) is possible


def test_s225_a_year_begins_with_what_was_held():
    entries = [
        Entry(1, D, 10, date(2025, 12, 31)),
        Entry(1, U, -4, date(2025, 12, 31)),
        Entry(1, D, 5, date(2026, 1, 1)),
        Entry(1, R, -2, date(2026, 6, 1)),
        Entry(1, U, -3, date(2026, 6, 1)),
        Entry(1, P, -1, date(2026, 6, 2)),
        Entry(1, T, 2, date(2026, 6, 3)),
        Entry(1, U, -1, date(2027, 1, 1)),
        Entry(2, D, 1, date(2025, 5, 1)),
        Entry(2, R, -1, date(2025, 5, 2)),
    ]
    (row,) = year_of(entries, 2026)
    assert row == Year(1, before=6, came=7, returned=2, used=3, passed_on=1)
    assert row.after == 7
    assert [one.material for one in year_of(entries, 2025)] == [1, 2]
    assert year_of(entries, 2024) == []


@given(st.lists(st.tuples(st.sampled_from(list(EntryKind)), st.integers(1, 9), st.integers(2024, 2026))))
def test_the_years_follow_one_another(moves):
    entries = [Entry(1, kind, change_of(kind, n), date(year, 5, 1)) for kind, n, year in moves]
    for year in (2024, 2025):
        after = sum(row.after for row in year_of(entries, year))
        assert after == sum(row.before for row in year_of(entries, year + 1))


def test_rights_of_supplies():
    seller, clerk, gm, hr = (
        User(pk=pk, position=position, is_active=True)
        for pk, position in enumerate(
            (Position.SPECIALIST, Position.CLERK, Position.GENERAL_MANAGER, Position.HR), 1
        )
    )
    people = (seller, clerk, gm, hr)

    def who(rule, **row):
        return [rule(person, SimpleNamespace(**row)) for person in people]

    assert [may.can_see_supplies(one) for one in people] == [True, True, True, False]
    assert [may.can_ask_account(one) for one in people] == [True, True, False, False]
    assert [may.can_keep_supplies(one) for one in people] == [False, True, False, False]
    assert who(may.can_edit_account, state="returned", asked_by_id=1) == [True, False, False, False]
    assert who(may.can_edit_account, state="pending", asked_by_id=1) == [False] * 4
    assert who(may.can_hand_out, state="open") == [False, True, False, False]
    assert who(may.can_hand_out, state="closed") == [False] * 4
    assert who(may.can_use, state="open", user_id=1) == [True, True, False, False]
    assert who(may.can_use, state="open", user_id=9) == [False, True, False, False]
    assert who(may.can_use, state="open", user_id=None) == [True, True, False, False]
    assert who(may.can_use, state="pending", user_id=1) == [False] * 4
