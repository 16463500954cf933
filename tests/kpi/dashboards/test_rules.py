"""Pace and drawing. No database."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.core.periods import month_of
from kpi.dashboards.rules import (
    HEIGHT,
    WIDTH,
    Pace,
    forecast,
    line_points,
    months_without,
    percent_of,
    reached_of,
    return_of,
    to_whole_number,
    without_orders,
)
from kpi.measures.rules import months_before

D = Decimal


@pytest.mark.parametrize(
    ("worked", "working", "comes_to"),
    [
        (10, 20, "200.00"),
        (20, 20, "100.00"),
        (25, 20, "100.00"),
        (3, 20, "666.67"),
        (1, 20, "2000.00"),
        (1, 1, "100.00"),
    ],
)
def test_a_month_goes_on_at_the_pace_of_its_working_days(worked, working, comes_to):
    assert str(forecast(D(100), worked=worked, working=working)) == comes_to


@pytest.mark.parametrize(("worked", "working"), [(0, 20), (1, 0)])
def test_before_the_first_working_day_there_is_no_pace(worked, working):
    assert forecast(D(100), worked=worked, working=working) is None


@pytest.mark.parametrize(
    ("value", "whole", "percent"),
    [(50, 200, 25), (300, 200, 100), (-5, 200, 0), (5, 0, None), (5, None, None), (1, 1, 100)],
)
def test_a_bar_stays_between_nothing_and_all(value, whole, percent):
    assert percent_of(D(value), None if whole is None else D(whole)) == percent


@pytest.mark.parametrize(
    ("value", "whole", "percent"),
    [(50, 200, 25), (450, 200, 225), ("199.99", 200, 99), (0, 200, 0), (5, 0, None), (5, None, None)],
)
def test_beyond_a_target_more_than_the_whole_is_reached(value, whole, percent):
    assert reached_of(D(value), None if whole is None else D(whole)) == percent


@given(st.lists(st.decimals(min_value=-1000, max_value=1_000_000, places=2), min_size=1, max_size=12))
def test_a_line_stays_in_its_frame(values):
    points = line_points(values)
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)
    assert [x for x, _y in points] == sorted(x for x, _y in points)


def test_months_without_an_order_are_counted():
    assert months_without([D(1), D(0), D(-1), D(2)]) == 2


def test_pace_and_pipeline_are_two_forecasts_of_one_month():
    pace = Pace(D(100), worked=10, working=20, pipeline=D(30), planned=D(400))
    assert (pace.a_day, pace.by_pace, pace.by_pipeline) == (D("10.00"), D("200.00"), D(130))
    assert (pace.left, pace.days_left, pace.needed_a_day) == (D(300), 10, D("30.00"))


@pytest.mark.parametrize(
    ("worked", "planned", "left", "needed"),
    [(20, D(400), D(300), None), (5, None, None, None), (0, D(50), D(0), D("0.00"))],
)
def test_what_is_needed_a_day_needs_a_plan_and_a_day(worked, planned, left, needed):
    pace = Pace(D(100), worked=worked, working=20, pipeline=D(0), planned=planned)
    assert (pace.left, pace.needed_a_day) == (left, needed)
    assert (pace.a_day is None) == (worked == 0)


def test_the_first_working_day_has_a_pace_of_its_own():
    assert Pace(D(100), worked=1, working=20, pipeline=D(0), planned=None).a_day == D("100.00")


def test_a_month_counts_from_a_first_day_of_work_on_it_and_is_open_through_its_last_day():
    months = months_before(month_of(date(2026, 6, 1)), 2)
    grid = without_orders([(1, "New", date(2026, 5, 1))], months, {}, today=date(2026, 6, 30), most=1)
    assert [count for _month, count in grid.rows[0].cells] == [D(0), None]


@pytest.mark.parametrize(
    ("sales", "cost", "gain", "times"),
    [
        ("1000", "300", "700", "3.33"),
        ("0", "50", "-50", "0.00"),
        ("10", "0", "10", None),
        ("10", "1", "9", "10.00"),
    ],
)
def test_what_a_unit_returns(sales, cost, gain, times):
    told = return_of(D(sales), D(cost))
    assert (told.gain, told.times) == (D(gain), None if times is None else D(times))


def test_a_line_of_shares_reaches_the_top_at_the_whole_only():
    assert [y for _x, y in line_points([D(0), D(50), D(100)], D(100))] == [HEIGHT, HEIGHT // 2, 0]
    assert [y for _x, y in line_points([D(0), D(50)])] == [HEIGHT, 0]
    assert line_points([D(0), D("0.5")]) == [(0, HEIGHT), (WIDTH, 0)]
    assert [x for x, _y in line_points([D(0), D(0), D(0)])] == [0, WIDTH // 2, WIDTH]


def test_months_without_an_order_begin_with_the_first_whole_month_and_end_before_the_running_one():
    months = months_before(month_of(date(2026, 6, 1)), 3)
    people = [(1, "Old", None), (2, "New", date(2026, 4, 15)), (3, "Busy", date(2020, 1, 1))]
    told = {(3, months[0].first): D(1), (3, months[1].first): D(2), (1, months[2].first): D(1)}
    grid = without_orders(people, months, told, today=date(2026, 6, 15), most=2)
    counts = {row.name: ([count for _month, count in row.cells], row.empty, row.key) for row in grid.rows}
    assert counts == {"Old": ([D(0), D(0), D(1)], 2, "1"), "New": ([None, D(0), None], 1, "2")}
    assert (grid.people, grid.empty, grid.months) == (3, 3, tuple(months))


def test_what_is_counted_is_forecast_in_whole_numbers():
    assert [str(to_whole_number(D(text))) for text in ("15.75", "1.31", "0.5", "0.49")] == [
        "16",
        "1",
        "1",
        "0",
    ]
