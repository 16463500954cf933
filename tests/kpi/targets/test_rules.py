"""Splitting a target and finding the one that counts. No database."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.measures.rules import DEPARTMENT, Holder
from kpi.measures.terms import Kind, Unit
from kpi.targets.rules.splitting import difference, grain_of, planned_for, split, split_evenly

D = Decimal


def test_t39_a_year_becomes_twelve_months_and_the_last_carries_the_rest():
    assert split_evenly(D(3_000_000), 12) == [D("250000.00")] * 12
    parts = split_evenly(D(1_000_000), 12)
    assert parts == [D("83333.33")] * 11 + [D("83333.37")]
    assert sum(parts) == D(1_000_000)


def test_t40_the_group_plan_of_a_year_becomes_a_month():
    assert split_evenly(D(1_200_000), 12)[0] == D("100000.00")


def test_what_is_counted_is_split_into_whole_numbers():
    assert split_evenly(D(30), 12, grain=grain_of(Unit.COUNT)) == [D(2)] * 11 + [D(8)]
    assert grain_of(Unit.MONEY) == D("0.01")


def test_days_without_work_get_nothing():
    assert split(D(10), [1, 0, 2, 0]) == [D("3.33"), D("0.00"), D("6.67"), D("0.00")]


def test_nothing_to_share_by_is_refused():
    with pytest.raises(ValueError, match="no part"):
        split(D(10), [0, 0])


@given(
    st.decimals(min_value=0, max_value=999_999_999, places=2),
    st.lists(st.integers(0, 31), min_size=1, max_size=31).filter(any),
)
def test_splitting_loses_no_cent(total, weights):
    parts = split(total, weights)
    assert sum(parts, D(0)) == total
    assert all(part >= 0 for part in parts)
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if not weight)


def test_the_difference_to_the_parts_is_told():
    assert difference(D(100), [D(40), D(50)]) == D(10)


ONE, TWO = (Holder(Kind.PERSON, (pk,)) for pk in (1, 2))
TEAM, BOTH = Holder(Kind.TEAM, (7,)), Holder(Kind.TEAM, (7, 8))


@pytest.mark.parametrize(
    ("holder", "told", "planned"),
    [
        (ONE, {ONE: D(5)}, D(5)),
        (ONE, {TEAM: D(5)}, None),
        (TEAM, {TEAM: D(9), ONE: D(5)}, D(9)),
        (TEAM, {ONE: D(5), TWO: D(6)}, D(11)),
        (TEAM, {}, None),
        (BOTH, {TEAM: D(9)}, D(9)),
        (DEPARTMENT, {DEPARTMENT: D(20), TEAM: D(9)}, D(20)),
        (DEPARTMENT, {TEAM: D(9)}, D(9)),
        (DEPARTMENT, {}, None),
    ],
)
def test_a_target_is_the_own_one_or_the_sum_of_those_below(holder, told, planned):
    assert planned_for(holder, told, {7: (1, 2), 8: (3,)}) == planned
