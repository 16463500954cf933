"""Points: the source's rule by its examples, and what holds for every way of scoring. No database."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.scoring.rules.points import Bands, Count, Linear, Rating, Steps, half_up, points_of, problem_of

D = Decimal
#: 25 points, standard 100 %, one off for each full 5 points below (S-205).
SOURCE = Steps(D(100), D(5), D(1))
FULL = D(25)

results = st.fractions(min_value=-50, max_value=300)
fulls = st.decimals(min_value=1, max_value=100, places=2)
RISING = [
    SOURCE,
    Bands(((D(60), D(50)), (D(80), D(75)), (D(100), D(100)))),
    Linear(D(50), D(100)),
    Count(D(5)),
]
FALLING = [
    Steps(D(90), D(5), D(2), lower_is_better=True),
    Bands(((D(0), D(100)), (D(5), D(50))), lower_is_better=True),
    Linear(D(10), D(0)),
    Count(D(5), lower_is_better=True),
]


@pytest.mark.parametrize("rate", ["100", "120"])
def test_t29_the_standard_and_more_give_all_points(rate):
    assert points_of(SOURCE, FULL, Fraction(rate)) == D("25.00")


@pytest.mark.parametrize(
    ("rate", "points"), [("96", "25.00"), ("95", "24.00"), ("94.99", "24.00"), ("90", "23.00")]
)
def test_t30_only_full_steps_deduct(rate, points):
    assert str(points_of(SOURCE, FULL, Fraction(rate))) == points


@pytest.mark.parametrize(
    ("rate", "points"), [("75", "20.00"), ("72.5", "20.00"), ("50", "15.00"), ("0", "5.00"), ("80", "21.00")]
)
def test_t31_by_the_letter_nothing_sold_gives_five_points(rate, points):
    assert str(points_of(SOURCE, FULL, Fraction(rate))) == points


def test_the_steps_are_counted_from_the_exact_fraction():
    assert SOURCE.steps_of(Fraction("94.996")) == 1
    assert SOURCE.steps_of(Fraction(9_500_001, 100_000)) == 0
    assert FALLING[0].steps_of(Fraction(90)) == 0
    assert FALLING[0].steps_of(Fraction(100)) == 2


def test_steps_may_be_smaller_than_one_and_cost_more_than_one_point():
    assert Steps(D(100), D("0.5"), D(1)).steps_of(Fraction(99)) == 2
    assert points_of(Steps(D(100), D(5), D(2)), FULL, Fraction(90)) == D("21.00")


def test_steps_never_fall_below_nothing():
    assert points_of(Steps(D(100), D(1), D(1)), FULL, Fraction(0)) == D("0.00")


@pytest.mark.parametrize(
    ("rate", "points"), [("59.99", "0.00"), ("60", "12.50"), ("99", "18.75"), ("100", "25.00")]
)
def test_a_table_gives_the_highest_band_reached(rate, points):
    assert str(points_of(RISING[1], FULL, Fraction(rate))) == points


@pytest.mark.parametrize(("rate", "points"), [("0", "10.00"), ("5", "5.00"), ("5.01", "0.00")])
def test_a_table_where_lower_is_better(rate, points):
    assert str(points_of(FALLING[1], D(10), Fraction(rate))) == points


@pytest.mark.parametrize(
    ("rate", "points"), [("50", "0.00"), ("75", "12.50"), ("100", "25.00"), ("140", "25.00")]
)
def test_a_straight_line_between_two_points(rate, points):
    assert str(points_of(RISING[2], FULL, Fraction(rate))) == points


def test_each_counts_and_each_complaint_costs():
    assert points_of(Count(D(5)), D(10), Fraction(1)) == D("5.00")
    assert points_of(FALLING[3], D(10), Fraction(1)) == D("5.00")
    assert points_of(FALLING[3], D(10), Fraction(3)) == D("0.00")


@pytest.mark.parametrize(("grade", "points"), [(1, "2.00"), (3, "6.00"), (5, "10.00")])
def test_each_grade_of_a_rating_is_a_fifth(grade, points):
    assert str(points_of(Rating(), D(10), Fraction(grade))) == points


def test_halves_are_rounded_up():
    assert half_up(Fraction("0.005")) == D("0.01")
    assert half_up(Fraction("0.00499")) == D("0.00")
    assert half_up(Fraction("49.99498")) == D("49.99")
    assert half_up(Fraction("50.005")) == D("50.01")


@given(st.sampled_from(RISING + FALLING), fulls, results)
def test_points_lie_between_nothing_and_all(scoring, full, result):
    assert D(0) <= points_of(scoring, full, result) <= full


@given(st.sampled_from(RISING), fulls, results, results)
def test_points_never_fall_when_the_result_rises(scoring, full, one, other):
    assert points_of(scoring, full, min(one, other)) <= points_of(scoring, full, max(one, other))


@given(st.sampled_from(FALLING), fulls, results, results)
def test_points_never_rise_with_the_result_where_lower_is_better(scoring, full, one, other):
    assert points_of(scoring, full, min(one, other)) >= points_of(scoring, full, max(one, other))


@pytest.mark.parametrize(
    ("scoring", "problem"),
    [
        (SOURCE, ""),
        (Steps(D(100), D(0), D(1)), "step"),
        (Steps(D(100), D(5), D(-1)), "step"),
        (Steps(D(100), D(1), D(0)), ""),
        (Bands(((D(1), D(0)),)), ""),
        (Bands(()), "bands"),
        (Bands(((D(1), D(101)),)), "bands"),
        (RISING[1], ""),
        (Linear(D(5), D(5)), "linear"),
        (RISING[2], ""),
        (Count(D(0)), "each"),
        (Count(D(1)), ""),
        (Rating(), ""),
    ],
)
def test_terms_that_cannot_be_are_named(scoring, problem):
    assert problem_of(scoring) == problem
