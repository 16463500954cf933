"""Rates: exact inside, truncated outside, nothing without a base. No database."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.scoring.rules.rates import is_on_time, is_reached, kept, rate_of, rate_over, shown

money = st.decimals(min_value=0, max_value=10_000_000, places=2)


def test_t32_without_a_plan_there_is_no_rate():
    assert rate_of(Decimal(80), Decimal(0)) is None
    assert rate_of(Decimal(80), None) is None
    assert rate_of(Decimal(80), Decimal(-1)) is None


def test_t33_collection_is_ninety_eight_percent():
    assert str(shown(rate_of(Decimal(433_160), Decimal(442_000)))) == "98.00"


def test_t34_expenses_of_the_budget_are_kept_with_four_decimals_and_shown_truncated():
    rate = rate_of(Decimal(52_000), Decimal(55_000))
    assert (str(kept(rate)), str(shown(rate))) == ("94.5454", "94.54")


def test_t35_a_quarter_is_the_sum_of_its_months_not_the_average_of_rates():
    months = [(Decimal(a), Decimal(b)) for a, b in ((80, 100), (120, 100), (90, 100))]
    assert rate_over(months) == Fraction(290, 3)
    assert kept(rate_over(months)) == Decimal("96.6666")
    uneven = [(Decimal(10), Decimal(100)), (Decimal(200), Decimal(200))]
    assert shown(rate_over(uneven)) == Decimal("70.00")


@pytest.mark.parametrize(("days", "is_enough"), [(14, False), (15, True)])
def test_t36_fifteen_trip_days_pass(days, is_enough):
    assert is_reached(Decimal(days), Decimal(15)) is is_enough


@pytest.mark.parametrize(
    ("handed_in", "in_time"),
    [(datetime(2026, 11, 5, 23, 59), True), (datetime(2026, 11, 6, 0, 0), False)],  # noqa: DTZ001 -- department time
)
def test_t37_the_monthly_report_is_on_time_until_the_end_of_the_fifth(handed_in, in_time):
    assert is_on_time(handed_in, date(2026, 10, 1), due_day=5) is in_time


def test_the_report_of_december_is_due_in_january():
    assert is_on_time(datetime(2027, 1, 5, 8, 0), date(2026, 12, 1), due_day=5)  # noqa: DTZ001 -- see above


@pytest.mark.parametrize(
    ("count", "norm", "met"), [(4, 5, False), (5, 5, True), (29, 30, False), (30, 30, True)]
)
def test_t47_more_than_five_includes_five(count, norm, met):
    assert is_reached(Decimal(count), Decimal(norm)) is met


def test_a_negative_rate_is_truncated_towards_nothing():
    assert shown(Fraction(-1, 3)) == Decimal("-0.33")


@given(money, st.decimals(min_value="0.01", max_value=10_000_000, places=2))
def test_what_is_shown_never_lies_above_the_rate(actual, base):
    rate = rate_of(actual, base)
    assert Fraction(shown(rate)) <= Fraction(kept(rate)) <= rate < Fraction(kept(rate)) + Fraction(1, 10_000)
