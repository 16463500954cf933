"""How outlets are ranked in a quarter, and which days and months are refused (S-249)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.outlets.rules import (
    Standing,
    Turn,
    day_problem,
    month_after,
    month_problem,
    name_of,
    quarter_named,
    quarter_of,
    ranked,
    weakest,
)
from campaigns.outlets.terms import Problem

pytestmark = pytest.mark.rules
FIRST = date(2026, 7, 1)
OLD = date(2026, 1, 5)


def stand(outlet, sold, score=None, opened=OLD):
    told = [None if figure is None else Decimal(figure) for figure in (sold, score)]
    return Standing(outlet, *told, opened)


def test_the_last_by_sales_then_by_inspections_then_the_younger_one_goes():
    rows = [stand(1, 100), stand(2, 300), stand(3, 100, "91.5"), stand(4, 100, "91.5", date(2026, 2, 1))]
    assert [row.outlet for row in ranked(rows, FIRST)] == [2, 3, 4, 1]
    assert weakest(ranked(rows, FIRST)) == 1


def test_who_told_nothing_comes_after_who_sold_nothing():
    assert [row.outlet for row in ranked([stand(1, None), stand(2, 0)], FIRST)] == [2, 1]


def test_an_outlet_opened_in_the_quarter_gets_its_chance():
    rows = [stand(1, 100), stand(2, 1, opened=FIRST), stand(3, 50, opened=date(2026, 6, 30))]
    assert [row.outlet for row in ranked(rows, FIRST)] == [1, 3]


def test_one_alone_is_not_the_weakest():
    assert (weakest([]), weakest([stand(1, 5)])) == (None, None)


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 9), st.none() | st.integers(0, 100)), max_size=8))
def test_the_order_does_not_depend_on_the_order_of_typing_in(figures):
    rows = [stand(n, sold, score) for n, (sold, score) in enumerate(figures)]
    assert ranked(rows, FIRST) == ranked(reversed(rows), FIRST)


@pytest.mark.parametrize(
    ("day", "span", "name"),
    [
        (date(2026, 1, 1), (date(2026, 1, 1), date(2026, 3, 31)), "2026-Q1"),
        (date(2026, 9, 30), (date(2026, 7, 1), date(2026, 9, 30)), "2026-Q3"),
        (date(2026, 12, 31), (date(2026, 10, 1), date(2026, 12, 31)), "2026-Q4"),
    ],
)
def test_quarters(day, span, name):
    assert (quarter_of(day), name_of(span[0]), quarter_named(name)) == (span, name, span)


@pytest.mark.parametrize(
    "words", ["", "2026", "2026-Q5", "-Q1", "x-Q1", "1-Q1", "9999-Q1", "２０２６-Q1", "2026-Q"]
)
def test_what_names_no_quarter(words):
    assert quarter_named(words) is None


def test_the_month_after():
    assert (month_after(date(2026, 11, 1)), month_after(date(2026, 12, 1))) == (
        date(2026, 12, 1),
        date(2027, 1, 1),
    )


@pytest.mark.parametrize(
    ("turn", "missing", "done"),
    [
        (Turn(1, 1, 30, 30), 0, True),
        (Turn(1, 0, 29, 30), 1, False),
        (Turn(0, 1, 31, 30), 0, False),
    ],
)
def test_one_out_one_in_and_thirty_stay(turn, missing, done):
    assert (turn.missing, turn.is_done) == (missing, done)


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        (date(2026, 1, 4), Problem.BEFORE_OPENING),
        (OLD, None),
        (FIRST, None),
        (date(2026, 7, 2), Problem.FUTURE),
    ],
)
def test_days_of_an_outlet(day, problem):
    assert day_problem(day, OLD, FIRST) == problem


@pytest.mark.parametrize(
    ("month", "closed", "problem"),
    [
        (date(2026, 7, 2), None, Problem.NOT_A_MONTH),
        (date(2026, 8, 1), None, Problem.FUTURE),
        (date(2025, 12, 1), None, Problem.BEFORE_OPENING),
        (date(2026, 1, 1), None, None),
        (date(2026, 5, 1), date(2026, 5, 1), None),
        (date(2026, 6, 1), date(2026, 5, 31), Problem.AFTER_CLOSING),
    ],
)
def test_months_of_an_outlet(month, closed, problem):
    assert month_problem(month, OLD, closed, FIRST) == problem


def test_of_two_the_second_goes_and_a_month_is_told_from_its_first_day_on():
    assert weakest([stand(1, 5), stand(2, 4)]) == 2
    assert month_problem(FIRST, OLD, None, FIRST) is None
    assert month_problem(FIRST, date(2026, 8, 1), None, date(2026, 9, 1)) is Problem.BEFORE_OPENING
