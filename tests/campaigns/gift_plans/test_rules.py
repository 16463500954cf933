"""When gifts come round, where a planned one stands, what a plan takes from its lines."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest

from campaigns.budgets.rules import Balance, Load, loads_of
from campaigns.gift_plans.rules import (
    LEAD,
    Course,
    Standing,
    birthday_in,
    festival_on,
    line_state,
    month_step,
    occurrences,
    period_problem,
)
from campaigns.gift_plans.terms import Festival, LineState, Rhythm
from campaigns.gifts.terms import GiftState
from campaigns.receptions.rules import Share, is_asked_afterwards

pytestmark = pytest.mark.rules
YEAR = (date(2027, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("festival", "year", "day"),
    [
        (Festival.NEW_YEAR, 2027, date(2027, 1, 1)),
        (Festival.SPRING, 2027, date(2027, 2, 6)),
        (Festival.DRAGON_BOAT, 2026, date(2026, 6, 19)),
        (Festival.MID_AUTUMN, 2026, date(2026, 9, 25)),
        (Festival.NATIONAL_DAY, 2040, date(2040, 10, 1)),
        (Festival.SPRING, 2040, None),
    ],
)
def test_s184_the_day_of_a_festival(festival, year, day):
    assert festival_on(festival, year) == day


def test_who_was_born_on_a_leap_day_has_the_birthday_on_the_28th():
    assert birthday_in(date(1980, 2, 29), 2027) == date(2027, 2, 28)
    assert birthday_in(date(1980, 2, 29), 2028) == date(2028, 2, 29)


def test_a_month_that_is_too_short_gives_its_last_day_and_the_next_one_is_whole_again():
    first = date(2026, 10, 31)
    assert [month_step(first, n) for n in (1, 2, 4)] == [
        date(2026, 11, 30),
        date(2026, 12, 31),
        date(2027, 2, 28),
    ]


@pytest.mark.parametrize(
    ("course", "days"),
    [
        (Course(Rhythm.FESTIVAL, date(2026, 1, 1), festival=Festival.MID_AUTUMN), [date(2027, 9, 15)]),
        (Course(Rhythm.FESTIVAL, date(2027, 10, 1), festival=Festival.MID_AUTUMN), []),
        (Course(Rhythm.FESTIVAL, date(2026, 1, 1)), []),
        (Course(Rhythm.BIRTHDAY, date(2026, 1, 1), birthday=date(1980, 5, 4)), [date(2027, 5, 4)]),
        (Course(Rhythm.BIRTHDAY, date(2026, 1, 1)), []),
        (
            Course(Rhythm.MONTHS, date(2026, 11, 30), months=6),
            [date(2027, 5, 30), date(2027, 11, 30)],
        ),
        (
            Course(Rhythm.MONTHS, date(2026, 11, 30), ends_on=date(2027, 6, 1), months=6),
            [date(2027, 5, 30)],
        ),
        (Course(Rhythm.MONTHS, date(2028, 1, 1), months=1), []),
        (
            Course(Rhythm.MONTHS, date(2027, 10, 31), months=1),
            [date(2027, 10, 31), date(2027, 11, 30), date(2027, 12, 31)],
        ),
        (Course(Rhythm.BIRTHDAY, date(2026, 1, 1), birthday=date(1980, 1, 1)), [YEAR[0]]),
        (Course(Rhythm.BIRTHDAY, date(2026, 1, 1), birthday=date(1980, 12, 31)), [YEAR[1]]),
    ],
)
def test_s188_when_a_gift_comes_round(course, days):
    assert occurrences(course, *YEAR) == days


DAY = date(2027, 2, 6)


@pytest.mark.parametrize(
    ("standing", "today", "state"),
    [
        (Standing(False, DAY), DAY, LineState.PLANNED),
        (Standing(True, DAY), DAY - LEAD - timedelta(1), LineState.PLANNED),
        (Standing(True, DAY), DAY - LEAD, LineState.DUE),
        (Standing(True, DAY), DAY, LineState.DUE),
        (Standing(True, DAY), DAY + timedelta(1), LineState.MISSED),
        (Standing(True, DAY, GiftState.PENDING), DAY, LineState.ASKED),
        (Standing(True, DAY, GiftState.ACKNOWLEDGED), DAY, LineState.GIVEN),
        (Standing(True, DAY, GiftState.REJECTED), DAY, LineState.DUE),
        (Standing(True, DAY, is_dropped=True), DAY, LineState.DROPPED),
    ],
)
def test_where_a_planned_gift_stands(standing, today, state):
    assert line_state(standing, today=today) == state


def test_t27_a_plan_over_a_line_is_told_by_how_much():
    """The source: thirty gifts of 200 against 5,000."""
    planned = [(1, Decimal(200))] * 30 + [(2, Decimal(10))]
    assert loads_of(planned, {1: Balance(Decimal(5_000))}) == [
        Load(1, Decimal(6_000), Decimal(5_000), Decimal(1_000)),
        Load(2, Decimal(10), Decimal(0), Decimal(10)),
    ]


@pytest.mark.parametrize(
    ("last", "problem"),
    [(date(2026, 12, 31), "order"), (date(2028, 1, 1), "long"), (YEAR[0], None), (YEAR[1], None)],
)
def test_which_days_a_plan_covers(last, problem):
    assert period_problem(YEAR[0], last) == problem


def test_a_year_that_begins_in_a_leap_year_is_a_year():
    assert period_problem(date(2028, 1, 1), date(2028, 12, 31)) is None
    assert period_problem(date(2028, 1, 1), date(2029, 1, 1)) == "long"
    assert period_problem(date(2028, 2, 29), date(2029, 2, 27)) is None
    assert period_problem(date(2028, 2, 29), date(2029, 2, 28)) == "long"


@pytest.mark.parametrize(
    ("allowed", "came", "over", "asked"),
    [(100, 100, True, False), (100, 101, True, True), (100, 101, False, False)],
)
def test_a_share_is_asked_about_afterwards_where_it_passed_what_was_allowed(allowed, came, over, asked):
    shares = [Share(Decimal(1), Decimal(1), False), Share(Decimal(allowed), Decimal(came), over)]
    assert is_asked_afterwards(shares) is asked


def test_rights_of_plans():
    from campaigns.gift_plans import permissions as may
    from kam.users.models import User
    from kam.users.terms import Position

    seller = User(pk=1, position=Position.SPECIALIST)
    clerk = User(pk=2, position=Position.CLERK)
    plan = SimpleNamespace(state="draft", owner_id=1)
    assert (may.can_plan_gifts(seller), may.can_plan_gifts(clerk)) == (True, False)
    assert may.can_edit_plan(seller, plan)
    assert not may.can_edit_plan(clerk, plan)
    assert not may.can_edit_plan(seller, SimpleNamespace(state="pending", owner_id=1))
