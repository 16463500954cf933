"""Masks, waiting times, who stands in."""

from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from kam.people.rules import DOT, fernet_key, mask_mobile, mask_text, may_stand_in, wait_after
from kam.users.terms import LINE, Position

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("value", "shown"),
    [("13812345678", "138••••5678"), ("+8613812345678", "+86•••••••5678"), ("1234567", "•••••••"), ("", "")],
)
def test_mask_mobile(value, shown):
    assert mask_mobile(value) == shown


@pytest.mark.parametrize(("value", "shown"), [("喜欢茶", "•••"), ("x", "•••"), (" ", ""), ("", "")])
def test_mask_text(value, shown):
    assert mask_text(value) == shown


@given(st.text(st.characters(categories=["L", "N"]), min_size=8))
def test_a_masked_mobile_never_shows_its_middle(value):
    shown = mask_mobile(value)
    assert len(shown) == len(value)
    assert set(shown[3:-4]) == {DOT}


@pytest.mark.parametrize(
    ("failures", "wait"), [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (10, 32), (11, 60), (10**9, 60)]
)
def test_wait_after(failures, wait):
    assert wait_after(failures, free=5, first=MINUTE, most=HOUR) == timedelta(minutes=wait)


@given(st.integers(0, 10**6))
def test_waiting_never_falls_and_never_locks(failures):
    now = wait_after(failures, free=5, first=MINUTE, most=HOUR)
    assert now <= wait_after(failures + 1, free=5, first=MINUTE, most=HOUR) <= HOUR


def test_only_the_same_or_a_higher_place_in_the_line_stands_in_unconfirmed():
    for absent in Position:
        for substitute in Position:
            in_line = absent in LINE and substitute in LINE and LINE.index(substitute) >= LINE.index(absent)
            beside = absent not in LINE and substitute == absent
            assert may_stand_in(absent, substitute) == (in_line or beside)


def test_the_key_of_second_factors_is_one_of_the_secret():
    assert fernet_key("a") == fernet_key("a") != fernet_key("b")
    assert Fernet(fernet_key("a")).decrypt(Fernet(fernet_key("a")).encrypt(b"totp")) == b"totp"
