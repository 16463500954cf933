"""Which days are worked, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.calendar.rules import WorkCalendar, knows_year, public_kind, year_to_warn_about
from kam.calendar.terms import DayKind

PUBLIC = WorkCalendar()


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 6, 18), DayKind.WORKDAY),
        (date(2026, 6, 19), DayKind.HOLIDAY),  # Dragon Boat
        (date(2026, 6, 27), DayKind.WEEKEND),
        (date(2026, 2, 14), DayKind.MAKE_UP),  # worked Saturday before Spring Festival
        (date(2026, 2, 28), DayKind.MAKE_UP),
        (date(2026, 10, 1), DayKind.HOLIDAY),
        (date(2027, 10, 1), DayKind.WORKDAY),  # no data: Monday to Friday
        (date(2027, 10, 2), DayKind.WEEKEND),
        (date(2003, 12, 31), DayKind.WORKDAY),
    ],
)
def test_kind_of_a_day(day, kind):
    assert PUBLIC.kind(day) is kind


def test_the_departments_own_day_wins():
    calendar = WorkCalendar({date(2026, 6, 27): True, date(2026, 6, 18): False})
    assert calendar.kind(date(2026, 6, 27)) is DayKind.DEPARTMENT_ON
    assert calendar.kind(date(2026, 6, 18)) is DayKind.DEPARTMENT_OFF
    assert calendar.is_working(date(2026, 6, 27))
    assert not calendar.is_working(date(2026, 6, 18))


def test_years_with_data():
    assert [year for year in (2003, 2004, 2026, 2027) if knows_year(year)] == [2004, 2026]
    assert public_kind(date(2027, 1, 1)) is None


@pytest.mark.parametrize(
    ("today", "entered", "year"),
    [
        (date(2026, 10, 31), frozenset(), None),
        (date(2026, 11, 1), frozenset(), 2027),
        (date(2026, 11, 1), frozenset({2027}), None),
        (date(2025, 12, 31), frozenset(), None),
        (date(2027, 1, 5), frozenset(), 2027),
    ],
)
def test_a_year_without_data_warns_from_november_on(today, entered, year):
    assert year_to_warn_about(today, entered) == year


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        (date(2026, 6, 18), 1, date(2026, 6, 22)),
        (date(2026, 6, 22), -1, date(2026, 6, 18)),
        (date(2026, 6, 20), 0, date(2026, 6, 20)),
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
    ],
)
def test_adding_working_days(day, count, found):
    assert PUBLIC.add(day, count) == found


def test_a_calendar_without_working_days_ends():
    never = WorkCalendar({date(2026, 1, 1) + timedelta(days=n): False for n in range(4000)})
    with pytest.raises(ValueError, match="no 1 working days"):
        never.add(date(2026, 1, 1), 1)


days = st.dates(date(2004, 1, 1), date(2030, 12, 31))


@given(days, st.integers(1, 60))
def test_adding_lands_on_a_working_day_with_exactly_that_many_in_between(day, count):
    found = PUBLIC.add(day, count)
    assert PUBLIC.is_working(found)
    assert len(list(PUBLIC.working_days(day + timedelta(days=1), found))) == count


@given(days, st.integers(1, 60))
def test_going_forth_and_back_ends_where_it_began(day, count):
    start = PUBLIC.add(day, 1)
    assert PUBLIC.add(PUBLIC.add(start, count), -count) == start
