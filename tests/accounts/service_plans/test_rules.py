"""When something is due by a plan, and what became of it: rules without a database."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.service_plans.rules import (
    Draft,
    Frequency,
    Measure,
    Occurrence,
    Overdue,
    ReviewDue,
    Revision,
    Touch,
    answers,
    days_of,
    draft_problem,
    follow,
    frequency_problem,
    measure,
    month_later,
    occurrences,
    overdue,
    review_due,
    revision_on,
)
from accounts.service_plans.terms import Because, Every, Mode, Standing
from kam.core.periods import Period

DAY = timedelta(days=1)
MONDAY = date(2026, 6, 1)
WEEKLY = Frequency(Every.WEEKS, 1, (0,))
ALWAYS = (Period(date(2026, 1, 1), date(2027, 12, 31)),)
VISIT = Mode.VISIT


def weeks(count, mode=VISIT, first=MONDAY):
    return [Occurrence(first + 7 * n * DAY, 1, mode) for n in range(count)]


def told(planned, *touches, today, tolerance=2, began_on=MONDAY):
    return follow(planned, touches, began_on=began_on, today=today, tolerance=tolerance)


def met(on, pk=1):
    return Touch(pk, on, met=True)


@pytest.mark.parametrize(
    ("frequency", "problem"),
    [
        (Frequency(Every.DAYS, 0), ("number", "number_days")),
        (Frequency(Every.DAYS, 91), ("number", "number_days")),
        (Frequency(Every.WEEKS, 27, (0,)), ("number", "number_weeks")),
        (Frequency(Every.WEEKS, 1), ("weekdays", "weekdays")),
        (Frequency(Every.WEEKS, 1, (7,)), ("weekdays", "weekdays")),
        (Frequency(Every.MONTHS, 13, (), 1), ("number", "number_months")),
        (Frequency(Every.MONTHS, 1), ("day_of_month", "day_of_month")),
        (Frequency(Every.MONTHS, 1, (), 32), ("day_of_month", "day_of_month")),
        (Frequency(Every.DAYS, 90), None),
        (Frequency(Every.WEEKS, 26, (0, 6)), None),
        (Frequency(Every.MONTHS, 12, (), 31), None),
    ],
)
def test_what_no_frequency_can_be(frequency, problem):
    assert frequency_problem(frequency) == problem


def test_weeks_count_from_the_first_and_no_day_lies_before_it():
    wednesday = date(2026, 6, 3)
    days = days_of(Frequency(Every.WEEKS, 2, (4, 0)), wednesday, date(2026, 6, 30))
    assert list(days) == [date(2026, 6, 5), date(2026, 6, 15), date(2026, 6, 19), date(2026, 6, 29)]


def test_months_end_where_they_end():
    days = days_of(Frequency(Every.MONTHS, 1, (), 31), date(2026, 1, 31), date(2026, 4, 29))
    assert list(days) == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]
    quarterly = days_of(Frequency(Every.MONTHS, 3, (), 10), date(2026, 11, 11), date(2027, 6, 1))
    assert list(quarterly) == [date(2027, 2, 10), date(2027, 5, 10)]


@given(
    st.integers(1, 30),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.integers(0, 200),
)
@settings(max_examples=60)
def test_days_lie_the_same_distance_apart(number, start, length):
    days = list(days_of(Frequency(Every.DAYS, number), start, start + length * DAY))
    assert days[0] == start
    assert len(days) == length // number + 1
    assert {later - earlier for earlier, later in pairwise(days)} <= {number * DAY}


def test_a_revision_holds_from_its_day_until_the_next_one():
    plan = [
        Revision(1, MONDAY, VISIT, WEEKLY),
        Revision(2, date(2026, 6, 15), Mode.CALL, Frequency(Every.DAYS, 10)),
        Revision(3, date(2026, 7, 1), VISIT, WEEKLY, is_stopped=True),
    ]
    assert occurrences(plan, date(2026, 7, 31), held=ALWAYS) == [
        Occurrence(MONDAY, 1, VISIT),
        Occurrence(date(2026, 6, 8), 1, VISIT),
        Occurrence(date(2026, 6, 15), 2, Mode.CALL),
        Occurrence(date(2026, 6, 25), 2, Mode.CALL),
    ]
    assert [
        getattr(revision_on(plan, day), "id", None) for day in (MONDAY - DAY, MONDAY, date(2026, 7, 9))
    ] == [
        None,
        1,
        3,
    ]


def test_of_two_revisions_of_one_day_the_later_holds():
    plan = [Revision(1, MONDAY, VISIT, WEEKLY), Revision(2, MONDAY, VISIT, Frequency(Every.WEEKS, 1, (2,)))]
    assert [one.on for one in occurrences(plan, MONDAY + 6 * DAY, held=ALWAYS)] == [date(2026, 6, 3)]
    assert revision_on(plan, MONDAY).id == 2


def test_nothing_is_due_from_somebody_without_the_role():
    plan = [Revision(1, MONDAY, VISIT, WEEKLY)]
    spans = (Period(date(2026, 6, 8), date(2026, 6, 14)), Period(date(2026, 6, 22), date(2026, 6, 22)))
    assert [one.on.day for one in occurrences(plan, date(2026, 6, 30), held=spans)] == [8, 22]


def test_a_day_off_moves_what_is_due_and_one_day_asks_once():
    plan = [Revision(1, MONDAY, VISIT, Frequency(Every.WEEKS, 1, (5, 6)))]  # Saturday and Sunday

    def next_monday(day):
        return day + (7 - day.weekday()) * DAY

    assert [one.on.day for one in occurrences(plan, date(2026, 6, 15), held=ALWAYS, shift=next_monday)] == [
        8,
        15,
    ]
    assert occurrences(plan, date(2026, 6, 7), held=ALWAYS, shift=next_monday) == []


@pytest.mark.parametrize(
    ("touch", "modes"),
    [
        (Touch(1, MONDAY, met=True), {Mode.VISIT, Mode.CALL}),
        (Touch(1, MONDAY, called=True), {Mode.CALL}),
        (Touch(1, MONDAY, written=True), {Mode.WRITTEN}),
        (Touch(1, MONDAY), set()),
    ],
)
def test_a_visit_is_worth_a_call_and_only_writing_is_writing(touch, modes):
    assert {mode for mode in Mode if answers(touch, mode)} == modes


def test_done_late_missed_due_overdue_ahead():
    planned = weeks(6)
    course = told(planned, met(MONDAY + 2 * DAY), met(MONDAY + 10 * DAY, 2), today=MONDAY + 30 * DAY)
    assert [one.standing for one in course.answered] == [
        *(Standing.DONE, Standing.LATE, Standing.MISSED, Standing.MISSED, Standing.DUE, Standing.AHEAD)
    ]
    assert (course.waiting, course.next) == (course.answered[4], course.answered[4])
    later = told(planned, today=MONDAY + 31 * DAY)
    assert later.answered[4].standing is Standing.OVERDUE


def test_early_is_done_and_one_contact_answers_once():
    planned = weeks(3)
    course = told(
        planned, met(MONDAY), met(MONDAY + 5 * DAY, 2), met(MONDAY + 6 * DAY, 3), today=MONDAY + 6 * DAY
    )
    assert [one.standing for one in course.answered] == [Standing.DONE, Standing.DONE, Standing.AHEAD]
    assert [touch.id for touch in course.unplanned] == [3]
    assert course.waiting is None
    assert course.next == course.answered[2]


def test_a_contact_before_the_plan_began_or_of_another_way_answers_nothing():
    planned = weeks(1)
    course = told(planned, met(MONDAY - DAY), Touch(2, MONDAY, written=True), today=MONDAY)
    assert course.answered[0].standing is Standing.DUE
    assert [touch.id for touch in course.unplanned] == [2]


days = st.lists(st.integers(0, 60), max_size=12)


@given(days, st.integers(0, 70), st.integers(0, 6))
@settings(max_examples=100)
def test_no_other_way_of_answering_would_answer_more(on, today, tolerance):
    """Compare with every assignment, by augmenting paths."""
    planned = weeks(8)
    touches = [met(MONDAY + day * DAY, n) for n, day in enumerate(on)]
    now = MONDAY + today * DAY
    course = told(planned, *touches, today=now, tolerance=tolerance)
    happened = [touch for touch in touches if touch.on <= now]

    def can(touch, place):
        after = place == 0 or touch.on > planned[place - 1].on
        return after and (place + 1 == len(planned) or touch.on < planned[place + 1].on)

    taken = {}

    def augment(n, seen):
        for place in range(len(planned)):
            if can(happened[n], place) and place not in seen:
                seen.add(place)
                if place not in taken or augment(taken[place], seen):
                    taken[place] = n
                    return True
        return False

    best = sum(augment(n, set()) for n in range(len(happened)))
    used = [one.touch.id for one in course.answered if one.touch]
    assert len(used) == len(set(used)) == best
    assert len(course.unplanned) == len(happened) - best


@given(days, st.integers(0, 70))
@settings(max_examples=60)
def test_every_planned_contact_is_counted_once(on, today):
    course = told(weeks(8), *(met(MONDAY + d * DAY, n) for n, d in enumerate(on)), today=MONDAY + today * DAY)
    counted = measure(course, Period(MONDAY, MONDAY + 100 * DAY))
    assert counted.planned == 8 == counted.done + counted.late + counted.open + counted.missed


def test_figures_of_two_plans_add_up():
    one, two = Measure(4, 2, 1, 1, 0, 3), Measure(1, 0, 0, 0, 1, 0)
    assert one.plus(two) == Measure(5, 2, 1, 1, 1, 3)


def test_overdue_is_told_by_the_first_of_the_row_and_ends_with_an_answer():
    planned = weeks(6)
    done = met(MONDAY)

    def since(today, *touches):
        course = told(planned, done, *touches, today=MONDAY + today * DAY)
        assert overdue(course, tolerance=2, revision_id=2) is None  # a new revision is a new start
        return overdue(course, tolerance=2, revision_id=1)

    assert since(9) is None
    assert since(10) == Overdue(MONDAY + 7 * DAY, MONDAY + 10 * DAY, 1)
    assert since(14) == Overdue(
        MONDAY + 7 * DAY, MONDAY + 10 * DAY, 1
    )  # the next one is due, not yet overdue
    assert since(17) == Overdue(MONDAY + 7 * DAY, MONDAY + 10 * DAY, 2)
    assert since(17, met(MONDAY + 15 * DAY, 2)) is None
    assert since(24, met(MONDAY + 15 * DAY, 2)) == Overdue(MONDAY + 21 * DAY, MONDAY + 24 * DAY, 1)


@pytest.mark.parametrize(
    ("reviewed", "visited", "is_hot", "due"),
    [
        (None, None, False, ReviewDue(date(2026, 2, 28), Because.MONTH)),
        (None, date(2026, 2, 3), False, ReviewDue(date(2026, 2, 28), Because.MONTH)),
        (None, date(2026, 2, 3), True, ReviewDue(date(2026, 2, 3), Because.VISIT)),
        (None, date(2026, 1, 30), True, ReviewDue(date(2026, 2, 28), Because.MONTH)),
        (None, None, True, ReviewDue(date(2026, 2, 28), Because.MONTH)),
        (date(2026, 2, 3), date(2026, 2, 3), True, ReviewDue(date(2026, 3, 3), Because.MONTH)),
        (date(2026, 2, 3), date(2026, 2, 4), True, ReviewDue(date(2026, 2, 4), Because.VISIT)),
        (date(2026, 2, 3), date(2026, 4, 4), True, ReviewDue(date(2026, 3, 3), Because.MONTH)),
    ],
)
def test_a_review_is_due_after_a_month_and_for_a_hot_unit_after_a_visit(reviewed, visited, is_hot, due):
    began = date(2026, 1, 31)
    assert review_due(began_on=began, reviewed_on=reviewed, visited_on=visited, is_hot=is_hot) == due


def test_a_month_later_is_the_same_day_or_the_last():
    assert [month_later(date(2026, m, d)) for m, d in ((1, 31), (12, 5))] == [
        date(2026, 2, 28),
        date(2027, 1, 5),
    ]


@pytest.mark.parametrize(
    ("objective", "action", "frequency", "problem"),
    [
        ("Trust", "Visit", WEEKLY, None),
        (" ", "Visit", WEEKLY, ("objective", "objective")),
        ("Trust", "", WEEKLY, ("action", "action")),
        (
            "Trust",
            "Visit",
            Frequency(Every.WEEKS, 0, (0,)),
            frequency_problem(Frequency(Every.WEEKS, 0, (0,))),
        ),
    ],
)
def test_a_row_says_what_it_lacks(objective, action, frequency, problem):
    assert draft_problem(Draft(1, "user", objective, action, VISIT, "morning", frequency)) == problem
