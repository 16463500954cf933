"""Periods by name, pivots from groups, next days. No database."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.core.periods import Period
from kpi.reports.rules import MOST_COLUMNS, MOST_ROWS, Totals, added_up, days_of, next_day, table_of
from kpi.reports.terms import Order, Rhythm, Span

pytestmark = pytest.mark.rules
D = Decimal
TODAY = date(2026, 11, 22)  # a Sunday


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        ("this_month", "2026-11-01", "2026-11-30"),
        ("last_month", "2026-10-01", "2026-10-31"),
        ("this_quarter", "2026-10-01", "2026-12-31"),
        ("this_year", "2026-01-01", "2026-12-31"),
        ("last_week", "2026-11-09", "2026-11-15"),
        ("days_30", "2026-10-24", "2026-11-22"),
        ("months_12", "2025-12-01", "2026-11-30"),
    ],
)
def test_a_period_by_name_moves_with_the_day(span, first, last):
    period = days_of(Span(span), TODAY, (None, None))
    assert period == Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(("day", "first"), [("2026-10-05", "2026-10-01"), ("2026-01-15", "2026-01-01")])
def test_a_quarter_begins_with_its_first_month(day, first):
    assert days_of(Span.THIS_QUARTER, date.fromisoformat(day), (None, None)).first == date.fromisoformat(
        first
    )


@pytest.mark.parametrize(("day", "first"), [("2026-12-05", "2026-01-01"), ("2026-01-31", "2025-02-01")])
def test_twelve_months_end_with_this_one(day, first):
    assert days_of(Span.MONTHS_12, date.fromisoformat(day), (None, None)).first == date.fromisoformat(first)


def test_chosen_days_must_be_a_period():
    later = TODAY + timedelta(days=1)
    assert days_of(Span.CHOSEN, TODAY, (TODAY, later)) == Period(TODAY, later)
    assert days_of(Span.CHOSEN, TODAY, (TODAY, TODAY)) == Period(TODAY, TODAY)
    assert days_of(Span.CHOSEN, TODAY, (later, TODAY)) is None
    assert days_of(Span.CHOSEN, TODAY, (None, TODAY)) is None
    assert days_of(Span.ALL, TODAY, (TODAY, later)) is None


CELLS = {("b", 1): D(2), ("a", 1): D(1), ("a", 2): D(5), (None, 2): D(9)}
LINES, COLUMNS = {None: "–", "a": "甲", "b": "乙"}, {1: "one", 2: "two"}


@pytest.mark.parametrize(
    ("order", "keys"), [(Order.LABEL, ["a", "b", None]), (Order.TOTAL, [None, "a", "b"])]
)
def test_lines_stand_in_the_order_of_their_words_or_by_their_sum(order, keys):
    table = table_of(CELLS, added_up(CELLS), lines=LINES, columns=COLUMNS, order=order)
    assert [line.key for line in table.lines] == keys
    line = next(line for line in table.lines if line.key == "b")
    assert (line.label, line.cells, line.total) == ("乙", (D(2), None), D(2))
    assert table.hidden == (0, 0)
    assert (table.columns, table.sums, table.total) == (((1, "one"), (2, "two")), (D(3), D(14)), D(17))


def test_what_does_not_add_up_has_sums_of_its_own():
    totals = Totals({"a": D(4), "b": D(2)}, {1: D(2), 2: D(5)}, D(5))
    table = table_of({("a", 1): D(1)}, totals, lines={"a": "a", "b": "b"}, columns=COLUMNS, order=Order.LABEL)
    assert ([line.total for line in table.lines], table.sums, table.total) == (
        [D(4), D(2)],
        (D(2), D(5)),
        D(5),
    )


def test_a_table_is_bounded_and_its_sums_are_of_all():
    cells = {(n, m): D(1) for n in range(MOST_ROWS + 2) for m in range(MOST_COLUMNS + 1)}
    words = {n: str(n) for n in range(MOST_ROWS + 2)}
    columns = {m: str(m) for m in range(MOST_COLUMNS + 1)}
    table = table_of(cells, added_up(cells), lines=words, columns=columns, order=Order.LABEL)
    assert (len(table.lines), len(table.columns), table.hidden) == (MOST_ROWS, MOST_COLUMNS, (2, 1))
    assert table.total == len(cells)


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 5), st.integers(0, 5)), st.decimals(-1000, 1000, places=2), max_size=20
    )
)
@settings(max_examples=50)
def test_lines_and_columns_add_up_to_the_same(cells):
    totals = added_up(cells)
    assert sum(totals.lines.values()) == sum(totals.columns.values()) == totals.all


@pytest.mark.parametrize(
    ("rhythm", "place", "after", "day"),
    [
        ("daily", 1, "2026-11-22", "2026-11-23"),
        ("weekly", 1, "2026-11-22", "2026-11-23"),
        ("weekly", 7, "2026-11-22", "2026-11-29"),
        ("weekly", 2, "2026-11-25", "2026-12-01"),
        ("monthly", 5, "2026-11-04", "2026-11-05"),
        ("monthly", 5, "2026-11-05", "2026-12-05"),
        ("monthly", 28, "2026-12-30", "2027-01-28"),
    ],
)
def test_the_next_day_of_a_schedule(rhythm, place, after, day):
    assert next_day(Rhythm(rhythm), place, date.fromisoformat(after)) == date.fromisoformat(day)
