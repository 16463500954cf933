"""Pace and drawing. No database."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.dashboards.rules import HEIGHT, WIDTH, forecast, line_points, months_without, percent_of

D = Decimal


@pytest.mark.parametrize(
    ("worked", "working", "comes_to"),
    [(10, 20, "200.00"), (20, 20, "100.00"), (25, 20, "100.00"), (3, 20, "666.67")],
)
def test_a_month_goes_on_at_the_pace_of_its_working_days(worked, working, comes_to):
    assert str(forecast(D(100), worked=worked, working=working)) == comes_to


@pytest.mark.parametrize(("worked", "working"), [(0, 20), (1, 0)])
def test_before_the_first_working_day_there_is_no_pace(worked, working):
    assert forecast(D(100), worked=worked, working=working) is None


@pytest.mark.parametrize(
    ("value", "whole", "percent"),
    [(50, 200, 25), (300, 200, 100), (-5, 200, 0), (5, 0, None), (5, None, None)],
)
def test_a_bar_stays_between_nothing_and_all(value, whole, percent):
    assert percent_of(D(value), None if whole is None else D(whole)) == percent


@given(st.lists(st.decimals(min_value=-1000, max_value=1_000_000, places=2), min_size=1, max_size=12))
def test_a_line_stays_in_its_frame(values):
    points = line_points(values)
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)
    assert [x for x, _y in points] == sorted(x for x, _y in points)


def test_months_without_an_order_are_counted():
    assert months_without([D(1), D(0), D(-1), D(2)]) == 2
