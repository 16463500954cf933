"""What an address carries is read or left alone, never raised over."""

from datetime import date

import pytest

from kam.core.asked import day_in, number_in


@pytest.mark.parametrize(
    "text",
    [None, "", "²", "９", "-1", "1.0", "1e3", " 1", "1" * 19, "1" * 5_000, "a\0b", "\ud800", "NaN"],
)
def test_number_in_leaves_everything_but_plain_figures_alone(text):
    assert number_in(text) is None


def test_number_in_reads_figures():
    assert (number_in("0"), number_in("42"), number_in("9" * 18)) == (0, 42, 10**18 - 1)


@pytest.mark.parametrize(
    "text", [None, "", "9999-12-31", "0001-01-01", "1899-12-31", "2026-02-30", "2026-W10-1\0", "x" * 9_999]
)
def test_day_in_leaves_everything_but_days_of_the_house_alone(text):
    assert day_in(text) is None


def test_day_in_reads_a_day():
    assert (day_in("2026-11-23"), day_in("1900-01-01")) == (date(2026, 11, 23), date(1900, 1, 1))
