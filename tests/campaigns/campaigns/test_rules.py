"""Which phases hold on a day, what overlaps and what lies between, when a goal is met. No database."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.campaigns.rules import (
    PhaseWarning,
    Span,
    WarningKind,
    current_phases,
    goal_state,
    phase_warnings,
    share_of_first,
)
from campaigns.campaigns.terms import Reached

DAY = date(2026, 6, 1)
D = date(2027, 5, 1)
GAP, OVERLAP = WarningKind.GAP, WarningKind.OVERLAP

PHASES = (Span("collect", date(2008, 5, 1), date(2008, 5, 30)), Span("sign", date(2008, 6, 1)))


@pytest.mark.parametrize(
    ("day", "current"),
    [
        (date(2008, 4, 30), []),
        (date(2008, 5, 1), ["collect"]),
        (date(2008, 5, 30), ["collect"]),
        (date(2008, 5, 31), []),
        (date(2030, 1, 1), ["sign"]),
    ],
)
def test_first_and_last_day_belong_to_a_phase_and_an_open_one_does_not_end(day, current):
    assert current_phases(PHASES, day) == current


def test_two_open_phases_overlap_without_an_end_and_hide_no_gap():
    spans = [Span("b", date(2026, 3, 1)), Span("a", date(2026, 2, 1)), Span("c", date(2026, 4, 1), DAY)]
    assert phase_warnings(spans) == [
        PhaseWarning(OVERLAP, "a", "b", date(2026, 3, 1), None),
        PhaseWarning(OVERLAP, "a", "c", date(2026, 4, 1), DAY),
        PhaseWarning(OVERLAP, "b", "c", date(2026, 4, 1), DAY),
    ]
    assert phase_warnings([]) == []


days = st.dates(date(2026, 1, 1), date(2026, 3, 1))
spans = st.lists(st.tuples(days, days).map(lambda pair: Span("x", min(pair), max(pair))), max_size=5)


@given(spans, days)
def test_a_day_in_a_gap_lies_in_no_phase_and_a_day_of_an_overlap_in_two(phases, day):
    holding = sum(1 for phase in phases if phase.starts_on <= day <= phase.ends_on)
    told = {w.kind for w in phase_warnings(phases) if w.starts_on <= day <= w.ends_on}
    assert (GAP in told) == (
        holding == 0 and any(p.ends_on < day for p in phases) and any(p.starts_on > day for p in phases)
    )
    assert (OVERLAP in told) == (holding >= 2)


@pytest.mark.parametrize(
    ("target", "actual", "due", "state"),
    [
        (120, None, None, Reached.UNKNOWN),
        (120, 119, None, Reached.OPEN),
        (120, 120, D - timedelta(days=1), Reached.MET),
        (120, 119, D, Reached.OPEN),
        (120, 119, D - timedelta(days=1), Reached.MISSED),
    ],
)
def test_a_goal_is_missed_after_its_last_day_only(target, actual, due, state):
    reached = None if actual is None else Decimal(actual)
    assert goal_state(Decimal(target), reached, due, D) == state


def test_a_share_of_nobody_is_not_told():
    assert (share_of_first(2, 3), share_of_first(2, 0)) == (66, None)


def test_a_gap_lies_after_whatever_ended_last_and_names_its_own_days():
    spans = [
        Span("long", date(2026, 1, 1), date(2026, 1, 31)),
        Span("short", date(2026, 1, 5), date(2026, 1, 6)),
        Span("next day", date(2026, 2, 1), date(2026, 2, 2)),
        Span("later", date(2026, 2, 4), date(2026, 2, 11)),
    ]
    assert phase_warnings(spans) == [
        PhaseWarning(OVERLAP, "long", "short", date(2026, 1, 5), date(2026, 1, 6)),
        PhaseWarning(GAP, "next day", "later", date(2026, 2, 3), date(2026, 2, 3)),
    ]
    same = [Span("open", DAY), Span("b", DAY, DAY), Span("c", DAY, DAY + timedelta(days=1))]
    assert [(told.first, told.second) for told in phase_warnings(same)] == [
        ("b", "c"),
        ("b", "open"),
        ("c", "open"),
    ]
