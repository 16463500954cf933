from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.core.periods import Period
from visits.agenda.registry import Entry
from visits.agenda.rules import (
    Drawn,
    Told,
    beside,
    drawn_at,
    due_week,
    feed_span,
    hand_at,
    letters_due,
    neighbours,
    part_of_day,
    span_of,
)
from visits.agenda.terms import EntryKind, Look, Method, PartOfDay

DAYS = st.dates(date(2001, 1, 1), date(2099, 12, 31))
AT = datetime(2026, 6, 29, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("look", "first", "last", "back", "on"),
    [
        (Look.MONTH, "2026-06-01", "2026-07-05", "2026-05-01", "2026-07-01"),
        (Look.WEEK, "2026-06-22", "2026-06-28", "2026-06-15", "2026-06-29"),
        (Look.DAY, "2026-06-25", "2026-06-25", "2026-06-24", "2026-06-26"),
        (Look.LIST, "2026-06-22", "2026-07-05", "2026-06-08", "2026-07-06"),
    ],
)
def test_which_days_are_shown_and_where_the_arrows_lead(look, first, last, back, on):
    day = date(2026, 6, 25)
    assert span_of(look, day) == Period(date.fromisoformat(first), date.fromisoformat(last))
    assert neighbours(look, day) == (date.fromisoformat(back), date.fromisoformat(on))


@given(DAYS, st.sampled_from(Look))
def test_the_day_is_shown_in_whole_weeks_and_the_arrows_leave_no_gap(day, look):
    shown = span_of(look, day)
    assert day in shown
    assert look is Look.DAY or (shown.first.weekday(), shown.last.weekday()) == (0, 6)
    back, on = neighbours(look, day)
    assert back < day < on
    assert span_of(look, on).first <= shown.last.fromordinal(shown.last.toordinal() + 1)


def test_what_is_due_is_that_of_this_week_or_of_the_first_shown():
    june = span_of(Look.MONTH, date(2026, 6, 1))
    assert due_week(june, date(2026, 6, 25)).first == date(2026, 6, 22)
    assert due_week(june, date(2026, 5, 1)).first == date(2026, 6, 1)


def test_a_subscription_holds_a_month_behind_and_half_a_year_ahead():
    assert feed_span(date(2026, 6, 25)) == Period(date(2026, 5, 25), date(2026, 12, 26))


def told(user=1, at=AT, method=Method.REQUEST, place=""):
    return Told(user, at, at, place, method)


@pytest.mark.parametrize(
    ("last", "now", "letters"),
    [
        (told(), told(), ()),
        (told(), told(place="Room 3"), ((1, Method.REQUEST),)),
        (told(), told(at=AT.replace(hour=2)), ((1, Method.REQUEST),)),
        (told(), told(user=2), ((1, Method.CANCEL), (2, Method.REQUEST))),
        (told(), told(method=Method.CANCEL), ((1, Method.CANCEL),)),
        (told(method=Method.CANCEL), told(), ()),
        (told(method=Method.CANCEL), told(method=Method.CANCEL), ()),
    ],
)
def test_who_is_told_what_about_an_invitation(last, now, letters):
    assert letters_due(last, now) == letters


def test_a_day_begins_with_what_takes_all_of_it_and_ends_with_the_forms_of_the_evening():
    day = date(2026, 6, 25)
    form = Entry("followup-1", EntryKind.FOLLOWUP, 1, day, "form")
    late = Entry("visit-2", EntryKind.VISIT, 1, day, "late", start=time(15))
    early = Entry("visit-3", EntryKind.VISIT, 1, day, "early", start=time(9))
    away = Entry("away-4", EntryKind.AWAY, 1, day, "away")
    assert sorted([form, late, early, away], key=lambda entry: entry.order) == [away, early, late, form]


@pytest.mark.parametrize(
    ("start", "end", "part"),
    [
        (None, None, PartOfDay.WHOLE),
        (time(6), time(7), PartOfDay.EARLY),
        (time(6), time(7, 5), PartOfDay.HOURS),
        (time(6), None, PartOfDay.EARLY),
        (time(6, 30), None, PartOfDay.HOURS),
        (time(20, 55), time(23), PartOfDay.HOURS),
        (time(21), time(22), PartOfDay.LATE),
        (time(7), time(6), PartOfDay.EARLY),
    ],
)
def test_in_which_row_of_the_grid_something_stands(start, end, part):
    assert part_of_day(start, end) is part


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        (time(7), time(8), 0, 60),
        (time(9, 3), time(9, 58), 120, 180),
        (time(6, 30), None, 0, 30),
        (time(6), time(22), 0, 840),
        (time(10), time(10, 5), 180, 205),
        (time(20, 55), time(21, 30), 815, 840),
    ],
)
def test_where_in_the_grid_something_is_drawn(start, end, first, last):
    assert drawn_at(start, end) == Drawn(first, last)


def test_what_overlaps_stands_beside_each_other_also_by_way_of_others():
    drawn = [Drawn(0, 60), Drawn(30, 90), Drawn(60, 120), Drawn(120, 180)]
    assert beside(drawn) == [Drawn(0, 60, 0, 2), Drawn(30, 90, 1, 2), Drawn(60, 120, 0, 2), Drawn(120, 180)]
    assert beside([]) == []


@given(st.lists(st.tuples(st.integers(0, 160), st.integers(5, 60)), max_size=14))
def test_nothing_covers_anything_as_long_as_the_width_lasts(spans):
    drawn = [Drawn(5 * first, 5 * first + 5 * length) for first, length in spans]
    found = beside(drawn)
    assert [(one.first, one.last) for one in found] == [(one.first, one.last) for one in drawn]
    assert all(0 <= one.place < one.of <= 12 for one in found)
    for number, one in enumerate(found):
        for other in found[:number]:
            if one.first < other.last and other.first < one.last:
                assert one.of == other.of
                assert one.place != other.place or one.of == 12


@pytest.mark.parametrize(
    ("clock", "at"), [(time(6, 59), None), (time(7), (0, 0)), (time(20, 59), (13, 55)), (time(21), None)]
)
def test_the_line_of_this_moment(clock, at):
    assert hand_at(clock) == at
