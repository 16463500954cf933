"""What goals for registered customers count, and how far a customer came."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.prospects.rules import Tally, needed, one_spelling, progress_of, tally_of_all
from campaigns.prospects.terms import Progress

DAY = date(2008, 6, 1)
CHANNELS = {"factory": Tally(50, 20), "other": Tally(390, 110), "market": Tally(10, 10)}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("138 0595-0011", "13805950011"),
        (" +86 138-0595-0011", "13805950011"),
        ("１３８０５９５００１１", "13805950011"),
        ("8613805950011", "13805950011"),
        ("+852 9123 4567", "+85291234567"),
        ("见名片", "见名片"),
        ("", ""),
    ],
)
def test_the_same_number_has_one_spelling(typed, kept):
    assert one_spelling(typed) == kept


def test_t28_of_400_registered_120_must_be_sincere_and_119_are_not_enough():
    goal = Decimal(30)
    assert needed(400, goal) == 120
    assert (Tally(400, 119).percent, Tally(400, 119).percent >= goal) == (Decimal("29.75"), False)
    assert (Tally(400, 120).percent, Tally(400, 120).percent >= goal) == (30, True)


def test_goals_without_a_channel_count_the_channels_whose_units_are_not_developed():
    assert tally_of_all(CHANNELS, ["factory", "chamber", "government"]) == Tally(400, 120)
    assert tally_of_all(CHANNELS, []) == Tally(450, 140)
    assert tally_of_all({}, []) == Tally()


def test_nobody_registered_has_no_rate():
    assert Tally().percent is None


@given(st.integers(0, 5_000), st.integers(1, 100))
def test_what_is_needed_is_the_least_that_reaches_the_rate(registered, percent):
    least = needed(registered, Decimal(percent))
    assert least * 100 >= registered * percent > (least - 1) * 100 or least == 0 == registered


@pytest.mark.parametrize(
    ("sincere", "bought", "dropped", "progress"),
    [
        (None, None, None, Progress.REGISTERED),
        (DAY, None, None, Progress.SINCERE),
        (None, None, DAY, Progress.DROPPED),
        (DAY, DAY, None, Progress.BOUGHT),
        (None, DAY, DAY, Progress.BOUGHT),
    ],
)
def test_how_far_somebody_came(sincere, bought, dropped, progress):
    assert progress_of(sincere, bought, dropped) is progress
