"""Which visit it is, when it is late, when persons met freeze, when two submissions are one."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visits.plans.terms import VisitMode
from visits.visits.rules import body_digest, is_held, is_late, kind_of, may_change_persons_met
from visits.visits.terms import Outcome, VisitKind


@pytest.mark.parametrize(
    ("mode", "held_before", "is_return", "kind"),
    [
        (VisitMode.VISIT, 0, False, VisitKind.FIRST),
        (VisitMode.VISIT, 1, False, VisitKind.SECOND),
        (VisitMode.VISIT, 2, False, VisitKind.LATER),
        (VisitMode.VISIT, 9, False, VisitKind.LATER),
        (VisitMode.TRAINING, 0, False, VisitKind.FIRST),
        (VisitMode.VISIT, 3, True, VisitKind.RETURN),
        (VisitMode.VISIT, 0, True, VisitKind.FIRST),
        (VisitMode.PHONE, 0, False, VisitKind.PHONE),
        (VisitMode.WRITTEN, 2, True, VisitKind.WRITTEN),
        (VisitMode.WRITTEN, 2, False, VisitKind.WRITTEN),
    ],
)
def test_kind_follows_from_way_and_earlier_visits(mode, held_before, is_return, kind):
    assert kind_of(mode, held_before=held_before, is_return=is_return) == kind


@pytest.mark.parametrize(
    ("kind", "outcome", "held"),
    [
        (VisitKind.FIRST, Outcome.NEUTRAL, True),
        (VisitKind.RETURN, Outcome.SETTLED, True),
        (VisitKind.FIRST, Outcome.NOT_MET, False),
        (VisitKind.PHONE, Outcome.SETTLED, False),
        (VisitKind.WRITTEN, Outcome.PROGRESS, False),
    ],
)
def test_only_visits_in_person_that_met_somebody_are_held(kind, outcome, held):
    assert is_held(kind, outcome) is held


def test_an_entry_is_late_the_day_after_the_last_day_in_time():
    last = date(2026, 11, 26)
    assert [is_late(last_day_in_time=last, entered_on=last + timedelta(n)) for n in (-1, 0, 1)] == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("kind", "hours", "free"),
    [
        (VisitKind.FIRST, 23, True),
        (VisitKind.FIRST, 24, False),
        (VisitKind.SECOND, 240, True),
    ],
)
def test_persons_met_on_a_first_visit_freeze_after_a_day(kind, hours, free):
    entered = datetime(2026, 11, 23, 9, tzinfo=UTC)
    now = entered + timedelta(hours=hours)
    assert may_change_persons_met(kind, entered_at=entered, now=now, hours=24) is free


bodies = st.dictionaries(st.text(max_size=5), st.one_of(st.text(max_size=8), st.lists(st.text(max_size=4))))


@given(bodies)
def test_the_digest_does_not_depend_on_the_order_of_sending(body):
    turned = {key: value[::-1] if isinstance(value, list) else value for key, value in reversed(body.items())}
    assert body_digest(turned) == body_digest(body)


@given(bodies, st.text(min_size=1, max_size=5))
def test_the_digest_changes_with_the_answer(body, more):
    assert body_digest({**body, "summary": more}) != body_digest({**body, "summary": more + "x"})
