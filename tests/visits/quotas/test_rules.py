"""Quotas: at the edge, one short, and whose norm is in force."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visits.quotas.rules import DEFAULTS, RING, Norm, Quota, a_visits_quota, norm_on, owes, quota_state
from visits.quotas.terms import QuotaKey, QuotaState

counts = st.integers(min_value=0, max_value=500)


@pytest.mark.parametrize(
    ("key", "done", "state"),
    [
        (QuotaKey.CALLS_A_DAY, 29, QuotaState.SHORT),
        (QuotaKey.CALLS_A_DAY, 30, QuotaState.OK),
        (QuotaKey.UNITS_A_WEEK, 9, QuotaState.SHORT),
        (QuotaKey.UNITS_A_WEEK, 10, QuotaState.OK),
        (QuotaKey.A_VISITS_A_WEEK, 2, QuotaState.SHORT),
        (QuotaKey.A_VISITS_A_WEEK, 3, QuotaState.OK),
        (QuotaKey.TRIP_DAYS_A_MONTH, 14, QuotaState.SHORT),
        (QuotaKey.TRIP_DAYS_A_MONTH, 15, QuotaState.OK),
    ],
)
def test_t38_quotas_are_short_below_the_norm_and_ok_at_it(key, done, state):
    assert quota_state(done, DEFAULTS[key]) == state


@pytest.mark.parametrize(
    ("position", "day", "owing"),
    [
        ("specialist", date(2026, 1, 1), True),
        ("team_lead", date(2026, 1, 1), True),
        ("manager", date(2026, 1, 1), False),
        ("manager", date(2026, 2, 1), True),  # a norm of theirs began
        ("director", date(2026, 6, 1), False),  # the one for everybody is for those in the field
    ],
)
def test_who_leads_owes_only_what_a_norm_of_their_position_says(position, day, owing):
    norms = [
        Norm(QuotaKey.CALLS_A_DAY, "", 25, date(2026, 1, 1)),
        Norm(QuotaKey.CALLS_A_DAY, "manager", 5, date(2026, 2, 1)),
    ]
    assert owes(norms, position, day) is owing


def test_s172_more_visits_to_one_a_unit_do_not_make_up_for_another():
    quota = a_visits_quota({1: 5, 2: 1}, each=3)
    assert (quota.done, quota.owed, quota.missing, quota.state) == (4, 6, 2, QuotaState.SHORT)


def test_without_a_units_nothing_is_owed():
    quota = a_visits_quota({}, each=3)
    assert (quota.state, quota.filled) == (QuotaState.OK, RING)


@pytest.mark.parametrize(
    ("position", "day", "amount"),
    [
        ("specialist", date(2026, 1, 1), 30),
        ("specialist", date(2026, 1, 31), 30),
        ("specialist", date(2026, 2, 1), 25),  # the first day counts
        ("specialist", date(2026, 5, 31), 25),
        ("specialist", date(2026, 6, 1), 20),
        ("specialist", date(2026, 7, 1), 20),
        ("manager", date(2026, 7, 1), 25),
    ],
)
def test_the_position_s_own_norm_wins_and_the_newest_in_force(position, day, amount):
    norms = [
        Norm(QuotaKey.CALLS_A_DAY, "", 25, date(2026, 2, 1)),
        Norm(QuotaKey.CALLS_A_DAY, "specialist", 20, date(2026, 6, 1)),
        Norm(QuotaKey.UNITS_A_WEEK, "", 1, date(2020, 1, 1)),
    ]
    assert norm_on(norms, key=QuotaKey.CALLS_A_DAY, position=position, day=day) == amount


@given(counts, st.integers(min_value=1, max_value=500))
def test_the_ring_is_full_exactly_when_the_quota_is_met(done, owed):
    quota = Quota(QuotaKey.CALLS_A_DAY, done, owed)
    assert (quota.filled == RING) == (quota.state == QuotaState.OK)
    assert quota.filled + quota.rest == RING
    assert (quota.missing == 0) == (quota.state == QuotaState.OK)


@given(st.dictionaries(st.integers(), counts, max_size=6), st.integers(min_value=1, max_value=5))
def test_a_units_are_all_served_exactly_when_none_is_short(visits, each):
    quota = a_visits_quota(visits, each=each)
    assert (quota.state == QuotaState.OK) == all(count >= each for count in visits.values())
