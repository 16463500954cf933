"""Months, quarters, names of holders in addresses. No database."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.core.periods import Period, month_of
from kpi.measures.rules import (
    DEPARTMENT,
    ByHolder,
    Holder,
    holder_named,
    month_named,
    months_before,
    months_of,
    name_of,
    parts_of,
    period_named,
    periods_holding,
    put_together,
    quarter_of,
    sum_of,
    year_of,
)
from kpi.measures.terms import Kind, Over

JUNE = month_of(date(2026, 6, 3))


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("department", DEPARTMENT),
        ("person-7", Holder(Kind.PERSON, (7,))),
        ("team-1-2", Holder(Kind.TEAM, (1, 2))),
        ("person-7-8", None),
        ("person", None),
        ("department-1", None),
        ("team-x", None),
        ("team-²", None),
        ("somebody-1", None),
        ("person-1234567890", None),
    ],
)
def test_an_address_names_a_holder_or_nobody(text, holder):
    assert holder_named(text) == holder
    if holder:
        assert holder.key == text


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13", "26-01", "2026-01-01", "0001-01", "1899-12", "2200-01"]
)
def test_what_is_no_month_is_none(text):
    assert month_named(text) is None


def test_a_month_is_named_and_read():
    assert month_named("2026-06") == JUNE
    assert name_of(JUNE) == "2026-06"
    assert name_of(quarter_of(date(2026, 11, 22))) == "2026-Q4"
    assert name_of(year_of(date(2026, 11, 22))) == "2026"
    assert name_of(Period(date(2026, 1, 2), date(2026, 1, 9))) == "2026-01-02…2026-01-09"


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-Q5", "2026-Q", "x-Q1", "9999-12", "9999", "0001", "0001-Q1", "2026-13", "26"]
)
def test_what_is_no_period_is_none(text):
    assert period_named(text) is None


@given(st.dates(date(2004, 1, 1), date(2040, 12, 31)))
def test_month_quarter_and_year_of_a_day_are_read_by_their_names(day):
    month, quarter, year = periods_holding(day)
    assert [period_named(name_of(one)) for one in (month, quarter, year)] == [month, quarter, year]
    assert all(day in one for one in (month, quarter, year))
    assert [len(parts_of(one)) for one in (month, quarter, year)] == [0, 3, 4]
    assert parts_of(year)[(day.month - 1) // 3] == quarter
    assert parts_of(quarter)[(day.month - 1) % 3] == month


def test_two_months_are_shown_by_their_months():
    two = Period(date(2026, 1, 1), date(2026, 2, 28))
    assert [name_of(one) for one in parts_of(two)] == ["2026-01", "2026-02"]


@given(st.dates(date(2004, 1, 1), date(2040, 12, 31)))
def test_a_quarter_has_three_whole_months_and_a_year_four_quarters(day):
    quarter, year = quarter_of(day), year_of(day)
    assert day in quarter
    months = months_of(quarter)
    assert len(months) == 3
    assert (months[0].first, months[-1].last) == (quarter.first, quarter.last)
    assert len(months_of(year)) == 12
    assert quarter.first in year


def test_months_before_end_with_the_month():
    assert [m.first for m in months_before(month_of(date(2026, 2, 1)), 3)] == [
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]


@pytest.mark.parametrize(("over", "figure"), [(Over.FLOW, 60), (Over.OPENING, 10), (Over.CLOSING, 30)])
def test_flows_are_added_and_stocks_are_those_of_one_end(over, figure):
    assert put_together(over, [Decimal(10), Decimal(20), Decimal(30)]) == figure
    assert put_together(over, []) == 0


def test_amounts_are_added_exactly():
    assert sum_of([Decimal("0.10"), Decimal("0.20")]) == Decimal("0.30")
    assert sum_of([]) == 0


@pytest.mark.parametrize(
    ("holder", "rows"),
    [
        (Holder(Kind.PERSON, (1,)), "ac"),
        (Holder(Kind.PERSON, (1, 2)), "acb"),
        (Holder(Kind.TEAM, (7,)), "ab"),
        (Holder(Kind.TEAM, (8, 7)), "cab"),
        (Holder(Kind.TEAM, (7, 7)), "ab"),
        (Holder(Kind.PERSON, (9,)), ""),
        (DEPARTMENT, "abcd"),
    ],
)
def test_rows_are_found_by_whose_they_are(holder, rows):
    told = ByHolder([(1, 7, "a"), (2, 7, "b"), (1, 8, "c"), (None, None, "d")])
    assert list(told.of(holder)) == list(rows)
