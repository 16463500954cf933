"""The one form of what is sealed; without a database."""

import json
from decimal import Decimal as D  # noqa: N817 -- as everywhere in these tests

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.sheets.rules import (
    Share,
    adds_up,
    came_late,
    compared,
    grade_of,
    mark_in,
    open_lines,
    opened,
    rate_in,
    sealed_rows,
    sealed_text,
)
from kpi.sheets.terms import Evidence


@pytest.mark.parametrize("told", [{"b": 1, "a": "拜访"}, {"a": "拜访", "b": 1}])
def test_the_same_facts_are_the_same_text(told):
    assert sealed_text(told) == '{"a":"拜访","b":1}'


@given(st.dictionaries(st.text(max_size=5), st.one_of(st.integers(), st.text(max_size=5)), max_size=5))
def test_what_was_sealed_is_opened_again(told):
    assert opened(sealed_text(told)) == told


def test_lines_without_points_are_open_unless_they_are_waived():
    lines = [("visits", None, False), ("sales", "12.50", False), ("skill", None, True)]
    told = {"lines": [{"indicator": i, "points": p, "waived": w} for i, p, w in lines]}
    assert open_lines(told) == ["visits"]


@pytest.mark.parametrize(
    ("whole", "parts", "late"),
    [
        ("210", ["10", "200", "0"], D(0)),
        ("215.50", ["10", "200", "0"], D("5.50")),
        ("190", ["10", "200"], D(-20)),
        ("210", ["10", None, "0"], None),
        (None, ["10"], None),
    ],
)
def test_a_quarter_says_what_came_after_its_months_were_closed(whole, parts, late):
    assert came_late(whole, parts) == late


@pytest.mark.parametrize(
    ("sealed", "live", "late", "gone"),
    [
        ([], [], [], []),
        ([["a", "1"]], [["a", "1"]], [], []),
        ([["a", "1"]], [["a", "1"], ["a", "1"]], [("a", "1")], []),
        ([["a", "1"], ["b", "1"]], [["b", "2"]], [("b", "2")], [("a", "1"), ("b", "1")]),
    ],
)
def test_sealed_rows_are_compared_with_live_ones_each_as_often_as_it_stands(sealed, live, late, gone):
    assert compared(sealed, live) == (late, gone)


@pytest.mark.parametrize(
    ("rows", "amount", "count", "whole"),
    [
        ([], "0", 0, True),
        ([["a", "d", "1.50"], ["b", "d", "-0.50"]], "1.00", 2, True),
        ([["a", "d", "1.50"]], "1.51", 1, False),
        ([["a", "d", "1.50"]], "1.50", 2, False),
    ],
)
def test_counted_rows_add_up_to_amount_and_number(rows, amount, count, whole):
    assert adds_up(rows, amount, count) is whole


@pytest.mark.parametrize(
    ("lines", "rate"),
    [
        ([], None),
        ([("files", "5.0000")], None),
        ([("files", "5.0000"), ("sales", "100.0000")], D(100)),
        ([("sales", None)], None),
    ],
)
def test_the_rate_of_a_line_is_read_from_a_result(lines, rate):
    assert rate_in({"lines": [{"indicator": key, "rate": told} for key, told in lines]}, "sales") == rate


def shares(*told):
    return [Share(Evidence.TRAININGS, D(kept), D(of)) for kept, of in told]


@pytest.mark.parametrize(
    ("told", "grade"),
    [
        ([], None),
        ([(0, 0)], None),
        ([(0, 4)], 1),
        ([("24.9", 100)], 1),
        ([(25, 100)], 2),
        ([("49.9", 100)], 2),
        ([(50, 100)], 3),
        ([("74.9", 100)], 3),
        ([(75, 100)], 4),
        ([("89.9", 100)], 4),
        ([(90, 100)], 5),
        ([(3, 2)], 5),
        ([(3, 2), (0, 1)], 3),
        ([(0, 0), (1, 1)], 5),
        ([(1, 2), (1, 1), (0, 1)], 3),
    ],
)
def test_evidence_suggests_the_grade_of_its_mean_and_nothing_without_any(told, grade):
    assert grade_of(shares(*told)) == grade


def test_articles_count_beside_other_evidence_only():
    articles = Share(Evidence.ARTICLES, D(1), D(1))
    assert grade_of([articles]) is None
    assert grade_of([articles, *shares((0, 0))]) is None
    assert grade_of([articles, *shares((1, 2))]) == 4


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("92", D(92)),
        (" 92.5 分", D("92.5")),
        ("88%", D(88)),
        ("70 / 100", D(70)),
        ("100", D(100)),
        ("0", D(0)),
        ("100.5", None),
        ("101", None),
        ("通过", None),
        ("92 通过", None),
        ("-5", None),
        ("", None),
    ],
)
def test_a_mark_is_read_only_where_the_result_is_one(text, mark):
    assert mark_in(text) == mark


def test_rows_that_are_written_already_make_the_same_text():
    rows = {"visits.held": [["visit:1", "2026-06-02", "1"], ["visit:9", "2026-06-01", "1"]], "calls.made": []}
    written = {key: [json.dumps(row, separators=(",", ":")) for row in told] for key, told in rows.items()}
    assert sealed_rows(written) == sealed_text(rows)
    assert sealed_rows({}) == sealed_text({})
