"""Suggestions, support, standards: pure rules."""

from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from accounts.knowledge.rules import (
    Promise,
    answer_due,
    category_fits,
    is_overdue,
    kept_percent,
    meets,
    rating_problem,
    settle_problem,
    support_problem,
)
from accounts.knowledge.terms import ArticleKind, Better, Category, SuggestionState, SupportState
from kam.calendar.rules import WorkCalendar

TEXT = (settings.BASE_DIR / "docs/domain/care.md").read_text(encoding="utf-8")


def day(text):
    return None if text == "never" else date.fromisoformat(f"2026-{text}")


def test_the_worked_examples_are_true():
    part = TEXT.split("## Suggestions, support, standards\n")[1]
    rows = [[c.strip() for c in line.strip("|").split("|")] for line in part.splitlines() if line[:1] == "|"]
    assert len(rows[2:]) == 5
    for today, pairs, share in rows[2:]:
        promises = [Promise(*map(day, pair.strip().split(" – "))) for pair in pairs.split(";")]
        found = kept_percent(promises, date.fromisoformat(today))
        assert str("–" if found is None else found) == share


def test_a_suggestion_is_answered_in_working_days():
    assert answer_due(date(2026, 3, 6), 2, WorkCalendar()) == date(2026, 3, 10)
    assert is_overdue(Promise(date(2026, 3, 10), None), date(2026, 3, 11))
    assert not is_overdue(Promise(date(2026, 3, 10), None), date(2026, 3, 10))
    assert not is_overdue(Promise(date(2026, 3, 10), date(2026, 3, 12)), date(2026, 3, 13))


@pytest.mark.parametrize(
    ("state", "to", "text", "problem"),
    [
        ("received", "passed_on", "", None),
        ("received", "adopted", "", "reason"),
        ("passed_on", "declined", "too dear", None),
        ("adopted", "declined", "x", "transition_refused"),
        ("passed_on", "received", "x", "transition_refused"),
    ],
)
def test_where_a_suggestion_may_go(state, to, text, problem):
    assert settle_problem(SuggestionState(state), SuggestionState(to), text) == problem


@pytest.mark.parametrize(
    ("state", "to", "text", "problem"),
    [
        ("requested", "accepted", "", None),
        ("requested", "done", "x", "transition_refused"),
        ("requested", "refused", "", "reason"),
        ("accepted", "done", "", "reason"),
        ("accepted", "done", "sent", None),
        ("done", "refused", "x", "transition_refused"),
    ],
)
def test_where_a_request_may_go(state, to, text, problem):
    assert support_problem(SupportState(state), SupportState(to), text) == problem


def test_only_what_was_done_is_rated_from_one_to_five():
    assert rating_problem(SupportState.ACCEPTED, 5) == "not_done"
    for rating, problem in ((0, "rating"), (1, None), (5, None), (6, "rating")):
        assert rating_problem(SupportState.DONE, rating) == problem


def test_each_category_belongs_to_one_kind():
    for category in Category:
        assert sum(category_fits(kind, category) for kind in ArticleKind) == 1


def test_a_standard_is_met_at_its_target_and_unknown_without_a_figure():
    target = Decimal("95.00")
    assert meets(None, target, Better.HIGHER) is None
    assert meets(Decimal(95), target, Better.HIGHER)
    assert not meets(Decimal("94.9"), target, Better.HIGHER)
    assert meets(Decimal(95), target, Better.LOWER)
    assert not meets(Decimal("95.1"), target, Better.LOWER)


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(st.lists(st.builds(Promise, days, st.none() | days), max_size=20), days)
def test_the_share_stays_in_its_scale(promises, today):
    found = kept_percent(promises, today)
    assert found is None or 0 <= found <= 100
    assert kept_percent([*promises, Promise(today, today)], today) >= (found or 0)
