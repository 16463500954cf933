"""The rules of complaints: due days, the way through the states, what counts. No database."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st

from accounts.complaints.rules import (
    Limits,
    Standing,
    count_valid,
    due_day,
    fact_key,
    is_overdue,
    is_step_back,
    is_waiting,
    may_judge,
    move_problem,
    report_problem,
    step_due,
)
from accounts.complaints.terms import COMPLAINT_TRANSITIONS, ComplaintState, Severity, Verdict
from kam.calendar.rules import WorkCalendar

TEXT = (settings.BASE_DIR / "docs/domain/care.md").read_text(encoding="utf-8")
WORK = WorkCalendar()


def table(title):
    part = TEXT.split(f"## {title}\n")[1].split("\n## ")[0]
    rows = [[c.strip() for c in line.strip("|").split("|")] for line in part.splitlines() if line[:1] == "|"]
    return rows[2:]


def test_due_days_of_the_page():
    rows = table("Until when a complaint is resolved")
    assert len(rows) == 5
    for received, severity, due in rows:
        found = due_day(date.fromisoformat(received), Severity(severity), Limits(), WORK)
        assert found == date.fromisoformat(due), received


def test_moves_of_the_page():
    rows = table("The way of a complaint")
    assert len(rows) == 13
    for state, verdict, to, text, refused in rows:
        standing = Standing(ComplaintState(state), Verdict(verdict))
        found = move_problem(standing, ComplaintState(to), "" if text == "–" else text)
        assert (found or "–") == refused, (state, verdict, to, text)


states, verdicts = st.sampled_from(ComplaintState), st.sampled_from(Verdict)


@given(states, verdicts, states, st.sampled_from(["", "said"]))
def test_no_complaint_is_closed_unjudged_and_none_leaves_the_table(state, verdict, to, text):
    allowed = move_problem(Standing(state, verdict), to, text) is None
    if allowed:
        assert to in COMPLAINT_TRANSITIONS[state]
        assert not (to is ComplaintState.CLOSED and verdict is Verdict.UNDECIDED)
        assert not (to is ComplaintState.CLOSED and verdict is Verdict.VALID and state != "resolved")
        assert text or not is_step_back(state, to)


@trials(max_examples=50)
@given(st.dates(date(2026, 1, 1), date(2026, 10, 1)), st.integers(0, 20), st.integers(0, 20))
def test_more_days_are_never_due_earlier_and_due_days_are_worked(day, severe, other):
    limits = Limits(severe=severe, other=other)
    first, second = sorted(due_day(day, severity, limits, WORK) for severity in Severity)
    assert day <= first <= second
    assert (severe <= other) == (
        due_day(day, Severity.SEVERE, limits, WORK) <= due_day(day, Severity.OTHER, limits, WORK)
    ) or severe > other
    assert first == day or WORK.is_working(first)


@pytest.mark.parametrize(
    ("state", "verdict", "waits"),
    [
        ("received", "undecided", True),
        ("investigating", "valid", True),
        ("agreed", "invalid", False),
        ("resolved", "valid", False),
        ("closed", "valid", False),
    ],
)
def test_who_waits_and_when_too_long(state, verdict, waits):
    standing, due = Standing(ComplaintState(state), Verdict(verdict)), date(2026, 3, 5)
    assert is_waiting(standing) is waits
    assert is_overdue(standing, due, due) is False
    assert is_overdue(standing, due, date(2026, 3, 6)) is waits


def test_small_rules():
    assert fact_key(7, 0) != fact_key(7, 1)
    assert may_judge(1, 2)
    assert not may_judge(1, 1)
    assert count_valid([Verdict.VALID, Verdict.INVALID, Verdict.UNDECIDED, Verdict.VALID]) == 2
    opened = datetime(2026, 3, 6, 16, tzinfo=UTC)
    assert step_due(opened, 48) - opened == timedelta(hours=48)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [(1, 9, None), (9, 9, None), (9, 8, "order"), (1, 10, "future")],
)
def test_the_period_of_a_cooperation_report(first, last, expected):
    days = (date(2026, 6, first), date(2026, 6, last), date(2026, 6, 9))
    assert report_problem(*days) == expected
