"""What marks ask to be added up again, without a database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.core.periods import month_of
from kpi.measures.rules import months_before
from kpi.rollup.rules import (
    MONTHS_KEPT,
    MOST_PEOPLE,
    Mark,
    Redo,
    may_be_kept,
    ready_months,
    what_to_redo,
    whole_window,
)
from kpi.rollup.terms import KEPT, Source

TODAY = date(2026, 6, 15)
APRIL, MAY, JUNE = date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)
EVER, FOREVER = date(1, 1, 1), date(9999, 12, 1)


def all_kept(*months):
    return dict.fromkeys(KEPT, months)


def test_a_mark_of_a_person_asks_the_months_of_this_person_only():
    work = what_to_redo([Mark(Source.CALLS, JUNE, JUNE, 7)], all_kept(MAY, JUNE), {})
    assert work == [Redo("calls.made", (JUNE,), (7,))]
    assert (work[0].period.first, work[0].period.last) == (JUNE, date(2026, 6, 30))


def test_one_mark_of_nobody_in_particular_asks_the_whole_month():
    marks = [Mark(Source.CALLS, JUNE, JUNE, 7), Mark(Source.CALLS, JUNE, JUNE, None)]
    assert what_to_redo(marks, all_kept(JUNE), {}) == [Redo("calls.made", (JUNE,))]


def test_many_people_are_read_as_a_whole():
    marks = [Mark(Source.VISITS, JUNE, JUNE, pk) for pk in range(MOST_PEOPLE + 1)]
    assert what_to_redo(marks[1:], all_kept(JUNE), {})[0].people == tuple(range(1, MOST_PEOPLE + 1))
    assert what_to_redo(marks, all_kept(JUNE), {})[0].people is None


def test_months_that_follow_each_other_are_one_run_but_for_what_asks_whole_months():
    work = what_to_redo([Mark(Source.UNITS, MAY, FOREVER, None)], all_kept(APRIL, MAY, JUNE), {})
    assert work == [
        Redo("units.developed", (MAY, JUNE)),
        Redo("units.lost", (MAY,)),
        Redo("units.lost", (JUNE,)),
    ]
    assert what_to_redo([Mark(Source.CALLS, EVER, FOREVER, 1)], all_kept(APRIL, JUNE), {}) == [
        Redo("calls.made", (APRIL,), (1,)),
        Redo("calls.made", (JUNE,), (1,)),
    ]


def test_missing_months_are_read_as_a_whole_and_kept_ones_left_alone():
    assert what_to_redo([], all_kept(MAY), {"calls.made": {JUNE}}) == [Redo("calls.made", (JUNE,))]
    assert what_to_redo([Mark(Source.CALLS, APRIL, APRIL, 1)], all_kept(MAY), {}) == []


@pytest.mark.parametrize(
    ("month", "is_kept"),
    [
        (JUNE, True),
        (date(2026, 7, 1), False),
        (date(2023, 6, 1), True),
        (date(2023, 5, 1), False),
    ],
)
def test_months_to_come_and_months_long_ago_are_not_kept(month, is_kept):
    assert may_be_kept(month, TODAY) is is_kept


def test_the_clock_keeps_a_year_and_a_month_ready():
    assert (ready_months(TODAY)[0], ready_months(TODAY)[-1], len(ready_months(TODAY))) == (
        date(2025, 6, 1),
        JUNE,
        13,
    )
    assert (len(whole_window(TODAY)), whole_window(TODAY)[-1]) == (MONTHS_KEPT, JUNE)


MONTHS = [month.first for month in months_before(month_of(TODAY), 8)]
marks_of = st.builds(
    lambda source, ends, person: Mark(source, min(ends), max(ends), person),
    st.sampled_from(Source),
    st.tuples(st.sampled_from(MONTHS), st.sampled_from(MONTHS)),
    st.none() | st.integers(1, 3),
)


@given(st.lists(marks_of, max_size=8), st.sets(st.sampled_from(MONTHS)))
def test_every_touched_month_of_every_person_is_asked_once(marks, months):
    """Whatever a mark tells of is read; nothing is read twice; nothing else is read."""
    work = what_to_redo(marks, all_kept(*months), {})
    read = [(redo.measure, month, redo.people) for redo in work for month in redo.months]
    assert len({(measure, month) for measure, month, _people in read}) == len(read)
    told = {(measure, month): people for measure, month, people in read}
    for measure, source in KEPT.items():
        for month in months:
            people = {
                mark.person for mark in marks if mark.source is source and mark.first <= month <= mark.last
            }
            if not people:
                assert (measure, month) not in told
            elif None in people:
                assert told[measure, month] is None
            else:
                assert set(told[measure, month]) == people
