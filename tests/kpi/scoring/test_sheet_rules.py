"""The sheet of a hundred points: sums, waived lines, limits. No database."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.scoring.rules.points import Rating, Steps
from kpi.scoring.rules.sheet import Asked, is_below, score_sheet, shared_out
from kpi.scoring.terms import Why

D = Decimal
STEPS = Steps(D(100), D(5), D(1))


def line(weight, result, *, is_waived=False, why=None, scoring=STEPS):
    return Asked("sales", D(weight), scoring, None if result is None else Fraction(result), why, is_waived)


def test_the_total_is_the_sum_of_its_lines():
    total = score_sheet([line(25, 95), line(75, 5, scoring=Rating())])
    assert [row.points for row in total.lines] == [D("24.00"), D("75.00")]
    assert (total.points, total.is_whole) == (D("99.00"), True)


def test_weights_and_waivers_belong_together():
    with pytest.raises(ValueError, match="zip"):
        shared_out([D(1), D(99)], [True])


def test_a_line_without_a_target_is_neither_a_hundred_percent_nor_nothing():
    total = score_sheet([line(25, None, why=Why.NO_TARGET), line(75, 100)])
    assert (total.lines[0].points, total.lines[0].why) == (None, Why.NO_TARGET)
    assert (total.points, total.is_whole) == (D("75.00"), False)


def test_nothing_due_is_the_reason_where_none_is_told():
    assert score_sheet([line(100, None)]).lines[0].why is Why.NOTHING_DUE


def test_the_weight_of_a_waived_line_is_shared_pro_rata():
    total = score_sheet([line(25, None, is_waived=True), line(50, 100), line(25, 95)])
    assert [row.of for row in total.lines] == [D("0.00"), D("66.67"), D("33.33")]
    assert [row.points for row in total.lines] == [None, D("66.67"), D("32.00")]
    assert (total.points, total.is_whole) == (D("98.67"), True)


def test_what_rounding_leaves_goes_to_the_largest_line():
    assert shared_out([D(10), D(40), D(25), D(25)], [True, False, False, False]) == [
        D("0.00"),
        D("44.44"),
        D("27.78"),
        D("27.78"),
    ]
    assert shared_out([D(1), D(33), D(33), D(33)], [True, False, False, False])[1] == D("33.34")


def test_a_sheet_whose_lines_are_all_waived_is_none():
    total = score_sheet([line(25, 100, is_waived=True), line(75, 100, is_waived=True)])
    assert (total.points, total.is_whole) == (D("0.00"), False)
    assert [row.of for row in total.lines] == [D("0.00"), D("0.00")]


def test_the_limit_itself_is_enough():
    assert is_below(D("59.99"), D(60))
    assert not is_below(D("60.00"), D(60))


@st.composite
def sheets(draw):
    parts = draw(st.lists(st.integers(1, 40), min_size=1, max_size=12))
    total = sum(parts)
    weights = [D(part * 10_000 // total) / 100 for part in parts]
    weights[0] += D(100) - sum(weights)
    results = [draw(st.none() | st.fractions(min_value=0, max_value=200)) for _ in parts]
    waived = [draw(st.booleans()) for _ in parts]
    return [
        Asked(str(n), weight, STEPS, result, None, is_waived)
        for n, (weight, result, is_waived) in enumerate(zip(weights, results, waived, strict=True))
    ]


@given(sheets())
def test_points_are_bounded_and_add_up(lines):
    total = score_sheet(lines)
    assert sum((row.points or D(0) for row in total.lines), D(0)) == total.points
    assert all(D(0) <= (row.points or D(0)) <= row.of for row in total.lines)
    if not all(row.is_waived for row in total.lines):
        assert sum(row.of for row in total.lines) == D(100)
