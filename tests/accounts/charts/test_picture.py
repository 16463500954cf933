"""What the map says of a day, and what changed between two."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.charts.rules.compare import Change, compare
from accounts.charts.rules.picture import (
    Dated,
    Figure,
    HeldSeat,
    Picture,
    Tie,
    between_those_present,
    value_on,
)
from accounts.charts.rules.words import fit
from accounts.charts.terms import ChangeKind
from accounts.roles.terms import Seat

MARCH, JUNE = date(2026, 3, 31), date(2026, 6, 30)
ROWS = (
    Dated("attitude", "neutral", date(2026, 2, 1)),
    Dated("post", "Clerk", date(2026, 2, 1)),
    Dated("attitude", "opposes", date(2026, 4, 1)),
    Dated("attitude", "supports", date(2026, 4, 1)),
)


@pytest.mark.parametrize(
    ("name", "day", "value"),
    [
        ("attitude", date(2026, 1, 31), "unknown"),
        ("attitude", date(2026, 2, 1), "neutral"),
        ("attitude", MARCH, "neutral"),
        ("attitude", date(2026, 4, 1), "supports"),
        ("influence", date(2026, 1, 1), "on file"),
    ],
)
def test_a_day_shows_what_was_known_on_it(name, day, value):
    assert value_on(ROWS, name, day, otherwise="on file", blank="unknown") == value


def test_ties_need_both_ends():
    ties = (Tie(2, "trusts", 1), Tie(1, "knows", None, 7), Tie(1, "trusts", 9), Tie(8, "trusts", 1))
    assert between_those_present(ties, [1, 2]) == (Tie(1, "knows", None, 7), Tie(2, "trusts", 1))


def one(**fields):
    return Figure(1, "Xu", **fields)


def changes(old, new, old_ties=(), new_ties=()):
    def many(figures):
        return figures if isinstance(figures, tuple) else (figures,)

    before = Picture(MARCH, many(old), tuple(old_ties))
    after = Picture(JUNE, many(new), tuple(new_ties))
    return compare(before, after)


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        (one(), (), Change(ChangeKind.LEFT, 1, "Xu")),
        ((), one(), Change(ChangeKind.JOINED, 1, "Xu")),
        (one(post="a"), one(post="b"), Change(ChangeKind.POST, 1, "Xu", "a", "b")),
        (one(department="a"), one(), Change(ChangeKind.DEPARTMENT, 1, "Xu", "a", "")),
        (one(boss_id=2), one(), Change(ChangeKind.BOSS, 1, "Xu", 2, None)),
        (one(), one(attitude="opposes"), Change(ChangeKind.ATTITUDE, 1, "Xu", "unknown", "opposes")),
        (one(influence=2), one(influence=5), Change(ChangeKind.INFLUENCE, 1, "Xu", 2, 5)),
        (one(), one(insider="insider"), Change(ChangeKind.INSIDER, 1, "Xu", "none", "insider")),
        (one(), one(is_key=True), Change(ChangeKind.KEY_PERSON, 1, "Xu", False, True)),
        (
            one(),
            one(seats=(HeldSeat(Seat.USER),)),
            Change(ChangeKind.ROLE_GAINED, 1, "Xu", None, Seat.USER),
        ),
        (one(seats=(HeldSeat(Seat.USER),)), one(), Change(ChangeKind.ROLE_LOST, 1, "Xu", Seat.USER, None)),
        (
            one(seats=(HeldSeat(Seat.USER, is_assumed=True),)),
            one(seats=(HeldSeat(Seat.USER),)),
            Change(ChangeKind.ROLE_CONFIRMED, 1, "Xu", Seat.USER, Seat.USER),
        ),
    ],
)
def test_each_change_is_told(old, new, change):
    assert changes(old, new) == [change]


def test_a_role_that_became_doubtful_is_no_confirmation():
    sure, doubtful = HeldSeat(Seat.USER), HeldSeat(Seat.USER, is_assumed=True)
    assert changes(one(seats=(sure,)), one(seats=(doubtful,))) == []


def test_ties_made_and_ended_are_told_whatever_their_strength():
    other = Figure(2, "Cai")
    trusts, stronger, opposes = (
        Tie(1, "trusts", 2, None, 2),
        Tie(1, "trusts", 2, None, 5),
        Tie(2, "opposes", 1),
    )
    assert changes((one(), other), (one(), other), [trusts], [stronger]) == []
    assert changes((one(), other), (one(), other), [trusts], [opposes]) == [
        Change(ChangeKind.TIE_ENDED, 1, "Xu", trusts, None),
        Change(ChangeKind.TIE_MADE, 2, "Cai", None, opposes),
    ]


@given(
    st.lists(
        st.builds(Figure, st.integers(1, 4), st.just("x"), st.sampled_from(["a", "b"])),
        unique_by=lambda f: f.id,
    )
)
def test_equal_pictures_have_no_changes(figures):
    picture = Picture(JUNE, tuple(figures))
    assert compare(picture, picture) == []


@pytest.mark.parametrize(
    ("text", "columns", "kept"),
    [
        ("Xu", 8, "Xu"),
        ("办公室主任", 10, "办公室主任"),
        ("办公室主任", 9, "办公室…"),
        ("abcdef", 4, "abc…"),
        ("", 4, ""),
    ],
)
def test_texts_are_cut_to_the_card(text, columns, kept):
    assert fit(text, columns) == kept
