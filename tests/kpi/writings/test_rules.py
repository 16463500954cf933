"""When a writing is due, what it is about, what is missing. No database."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from kam.core.periods import month_of
from kam.users.terms import Position
from kpi.measures.rules import period_named
from kpi.writings.permissions import can_edit, can_mark_read, can_see_writings, kinds_of
from kpi.writings.rules import due_on, is_late, missing_sections, owes, period_problem
from kpi.writings.terms import SECTIONS, Kind

JUNE, TODAY = month_of(date(2026, 6, 1)), date(2026, 6, 20)


@pytest.mark.parametrize(
    ("kind", "name", "problem"),
    [
        (Kind.MARKET, "2026-06", ""),
        (Kind.MARKET, "2026-07", "future"),
        (Kind.MARKET, "2026-Q2", "length"),
        (Kind.SUMMARY, "2026-06", ""),
        (Kind.SUMMARY, "2026-Q2", ""),
        (Kind.SUMMARY, "2026", ""),
        (Kind.SUMMARY, "2026-Q3", "future"),
        (Kind.PLAN, "2026-06", "length"),
        (Kind.PLAN, "2027", ""),
        (Kind.PLAN, "2028", "far"),
        (Kind.STRATEGY, "2025", ""),
        (Kind.STRATEGY, "2024", "far"),
    ],
)
def test_each_kind_has_its_periods(kind, name, problem):
    assert period_problem(kind, period_named(name), TODAY) == problem


def test_a_month_may_be_written_about_from_its_first_day_on():
    months = [period_named(name) for name in ("2026-06", "2026-07")]
    assert [period_problem(Kind.MARKET, month, date(2026, 6, 1)) for month in months] == ["", "future"]


@pytest.mark.parametrize(
    ("kind", "name", "moment", "late"),
    [
        (Kind.MARKET, "2026-06", datetime(2026, 7, 5, 23, 59, tzinfo=UTC), False),
        (Kind.MARKET, "2026-06", datetime(2026, 7, 6, 0, 0, tzinfo=UTC), True),
        (Kind.MARKET, "2026-12", datetime(2027, 1, 5, 23, 59, tzinfo=UTC), False),
        (Kind.MARKET, "2026-12", datetime(2027, 1, 6, 0, 0, tzinfo=UTC), True),
        (Kind.SUMMARY, "2026-06", datetime(2026, 9, 1, tzinfo=UTC), False),
    ],
)
def test_t37_the_fifth_itself_is_on_time(kind, name, moment, late):
    assert is_late(kind, period_named(name), moment) is late


def test_a_market_report_is_due_on_the_fifth_of_the_next_month():
    assert due_on(Kind.MARKET, JUNE) == date(2026, 7, 5)
    assert due_on(Kind.MARKET, month_of(date(2026, 12, 1))) == date(2027, 1, 5)
    assert due_on(Kind.PLAN, period_named("2026")) is None


@pytest.mark.parametrize("kind", list(Kind))
def test_every_part_must_say_something(kind):
    texts = dict.fromkeys(SECTIONS[kind], "x")
    assert missing_sections(kind, texts) == []
    first, last = SECTIONS[kind][0], SECTIONS[kind][-1]
    assert missing_sections(kind, texts | {first: " \n", last: ""}) == [first, last]
    assert missing_sections(kind, {}) == list(SECTIONS[kind])


@pytest.mark.parametrize(
    ("joined", "written", "owed"),
    [
        (date(2020, 1, 1), None, "2026-05"),
        (date(2026, 5, 31), None, "2026-05"),
        (date(2026, 6, 1), None, None),
        (date(2020, 1, 1), date(2026, 4, 30), "2026-05"),
        (date(2020, 1, 1), date(2026, 5, 31), None),
        (date(2020, 1, 1), date(2026, 6, 30), None),
    ],
)
def test_whoever_was_here_last_month_owes_its_report_until_it_is_handed_in(joined, written, owed):
    assert owes(joined, written, TODAY) == (period_named(owed) if owed else None)


def someone(position=Position.SPECIALIST, pk=1, *, is_active=True):
    return SimpleNamespace(pk=pk, position=position, is_active=is_active)


def writing(state="draft"):
    return SimpleNamespace(author_id=1, state=state, kind=Kind.MARKET)


def test_sellers_report_and_the_director_writes_the_strategy():
    assert kinds_of(someone()) == [Kind.MARKET, Kind.SUMMARY, Kind.PLAN]
    assert kinds_of(someone(Position.DIRECTOR)) == list(Kind)
    assert kinds_of(someone(Position.CLERK)) == []
    assert kinds_of(someone(is_active=False)) == []
    assert can_see_writings(someone(Position.CLERK))
    assert not can_see_writings(someone(Position.FINANCE))
    assert not can_see_writings(someone(Position.ADMINISTRATOR))
    assert not can_see_writings(someone(is_active=False))


def test_only_the_author_changes_a_draft():
    assert can_edit(someone(), writing())
    assert not can_edit(someone(), writing("handed_in"))
    assert not can_edit(someone(Position.DIRECTOR, pk=2), writing())
    assert not can_edit(someone(is_active=False), writing())


def test_somebody_above_marks_as_read_once():
    for position in (Position.MANAGER, Position.DIRECTOR, Position.GENERAL_MANAGER):
        assert can_mark_read(someone(position, pk=2), writing("handed_in"))
        assert not can_mark_read(someone(position, pk=2), writing("read"))
        assert not can_mark_read(someone(position, pk=1), writing("handed_in"))
    assert not can_mark_read(someone(Position.TEAM_LEAD, pk=2), writing("handed_in"))
    assert not can_mark_read(someone(Position.DIRECTOR, pk=2, is_active=False), writing("handed_in"))
