"""Who decides: edges as a table, and what must hold for every route and every department."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.approvals.rules import (
    Facts,
    PlannedStage,
    Requester,
    Step,
    applies,
    have_different_people,
    material_changes,
    next_up,
    stages_for,
    working_hours_between,
)
from kam.approvals.terms import Official, Outcome
from kam.users.terms import LINE, Position

P = Position
SPECIALIST, LEAD, MANAGER, DIRECTOR, MARKETING, GM, FINANCE, FINANCE2, CLERK, HR, ADMIN = range(1, 12)
POSITION_OF = {
    SPECIALIST: P.SPECIALIST,
    LEAD: P.TEAM_LEAD,
    MANAGER: P.MANAGER,
    DIRECTOR: P.DIRECTOR,
    MARKETING: P.MARKETING_DIRECTOR,
    GM: P.GENERAL_MANAGER,
    FINANCE: P.FINANCE,
    CLERK: P.CLERK,
    HR: P.HR,
    ADMIN: P.ADMINISTRATOR,
}
DEPARTMENT = {position: (person,) for person, position in POSITION_OF.items()}


def steps(*positions, **conditions):
    return [
        Step(n, p if isinstance(p, tuple) else (p,), **conditions) for n, p in enumerate(positions, start=1)
    ]


def route(requester, *positions, facts=None, holders=DEPARTMENT, excluded=frozenset()):
    asking = Requester(requester, POSITION_OF[requester])
    return stages_for(steps(*positions), facts or Facts(), asking, holders, excluded=excluded)


def people(staging):
    return [stage.people for stage in staging.stages]


GIFT = (P.MANAGER, P.DIRECTOR, P.FINANCE)


@pytest.mark.parametrize(
    ("requester", "expected"),
    [
        (SPECIALIST, [(MANAGER,), (DIRECTOR,), (FINANCE,)]),
        (LEAD, [(MANAGER,), (DIRECTOR,), (FINANCE,)]),
        (MANAGER, [(DIRECTOR,), (FINANCE,)]),
        (DIRECTOR, [(MARKETING,), (FINANCE,)]),
        (MARKETING, [(GM,), (FINANCE,)]),
        (GM, [(MARKETING,), (FINANCE,)]),
        (CLERK, [(MANAGER,), (DIRECTOR,), (FINANCE,)]),
    ],
)
def test_each_position_is_decided_by_those_above(requester, expected):
    assert people(route(requester, *GIFT)) == expected


def test_dropped_steps_are_named_in_the_trace():
    holders = DEPARTMENT | {P.DIRECTOR: ()}
    staging = route(MANAGER, P.MANAGER, P.DIRECTOR, P.MARKETING_DIRECTOR, holders=holders)
    assert [(line.positions, line.outcome) for line in staging.trace] == [
        ((P.MANAGER,), Outcome.OWN_LEVEL),
        ((P.DIRECTOR,), Outcome.VACANT),
        ((P.MARKETING_DIRECTOR,), Outcome.KEPT),
    ]


def test_when_the_only_step_is_vacant_the_next_position_up_decides():
    staging = route(SPECIALIST, P.MANAGER, holders=DEPARTMENT | {P.MANAGER: ()})
    assert people(staging) == [(DIRECTOR,)]
    assert staging.trace[-1].outcome is Outcome.ADDED


def test_finance_is_never_dropped():
    assert route(SPECIALIST, *GIFT, holders=DEPARTMENT | {P.FINANCE: ()}).vacancy is P.FINANCE
    assert route(FINANCE, P.DIRECTOR, P.FINANCE).vacancy is P.FINANCE
    second = DEPARTMENT | {P.FINANCE: (FINANCE, FINANCE2)}
    assert people(route(FINANCE, P.DIRECTOR, P.FINANCE, holders=second)) == [(DIRECTOR,), (FINANCE2,)]


def test_finance_twice_needs_two_people():
    assert route(SPECIALIST, P.FINANCE, P.FINANCE).vacancy is P.FINANCE


@pytest.mark.parametrize(
    ("requester", "vacant", "missing"),
    [
        (GM, P.MARKETING_DIRECTOR, P.MARKETING_DIRECTOR),
        (GM, P.FINANCE, P.FINANCE),
        (MARKETING, P.GENERAL_MANAGER, P.GENERAL_MANAGER),
    ],
)
def test_nobody_left_names_the_vacancy(requester, vacant, missing):
    staging = route(requester, P.MANAGER, P.DIRECTOR, holders=DEPARTMENT | {vacant: ()})
    assert staging.vacancy is missing


def test_an_empty_department_cannot_decide_anything():
    assert route(SPECIALIST, P.MANAGER, holders={}).vacancy is P.MANAGER
    assert route(SPECIALIST, P.HR, holders={}).vacancy is P.MANAGER


def test_an_involved_decider_is_replaced_by_the_next_person_up():
    staging = route(SPECIALIST, P.MANAGER, P.DIRECTOR, excluded=frozenset({DIRECTOR}))
    assert people(staging) == [(MANAGER,), (MARKETING,)]
    assert [line.outcome for line in staging.trace] == [Outcome.KEPT, Outcome.INVOLVED, Outcome.RAISED]


def test_the_next_person_up_does_not_decide_twice():
    staging = route(SPECIALIST, P.MANAGER, P.DIRECTOR, excluded=frozenset({MANAGER}))
    assert people(staging) == [(DIRECTOR,)]
    assert staging.trace[-1].outcome is Outcome.SAME_PERSON


def test_an_involved_colleague_beside_the_line_is_left_out():
    staging = route(SPECIALIST, P.DIRECTOR, P.HR, excluded=frozenset({HR}))
    assert people(staging) == [(DIRECTOR,)]


@pytest.mark.parametrize(
    ("requester", "expected"), [(ADMIN, [(GM, HR)]), (HR, [(GM,)]), (GM, [(HR,)]), (SPECIALIST, [(GM, HR)])]
)
def test_a_step_may_name_two_positions(requester, expected):
    assert [tuple(sorted(p)) for p in people(route(requester, (P.HR, P.GENERAL_MANAGER)))] == [
        tuple(sorted(p)) for p in expected
    ]


def test_an_own_request_of_the_general_manager_keeps_the_finance_step_last():
    assert people(route(GM, P.FINANCE, P.MANAGER)) == [(MARKETING,), (FINANCE,)]


@pytest.mark.parametrize(
    ("conditions", "facts", "expected"),
    [
        ({"amount_over": Decimal(0)}, Facts(), False),
        ({"amount_over": Decimal(0)}, Facts(amount=Decimal("0.01")), True),
        ({"amount_over": Decimal(1000)}, Facts(amount=Decimal(1000)), False),
        ({"amount_up_to": Decimal(1000)}, Facts(amount=Decimal(1000)), True),
        ({"amount_up_to": Decimal(1000)}, Facts(amount=Decimal("1000.01")), False),
        ({"official": True}, Facts(), False),
        ({"official": True}, Facts(official=Official.UNKNOWN), True),
        ({"official": False}, Facts(official=Official.YES), False),
        ({"kind": "compliance"}, Facts(kinds=frozenset({"compliance"})), True),
        ({"kind": "compliance"}, Facts(kinds=frozenset({"other"})), False),
        ({"only_for": (P.SPECIALIST,)}, Facts(), True),
        ({"only_for": (P.MANAGER,)}, Facts(), False),
    ],
)
def test_conditions_at_their_edges(conditions, facts, expected):
    assert applies(Step(1, (P.DIRECTOR,), **conditions), facts, P.SPECIALIST) is expected


def test_a_step_that_does_not_apply_is_named():
    asking = Requester(SPECIALIST, P.SPECIALIST)
    staging = stages_for(
        [Step(1, (P.MANAGER,)), Step(2, (P.FINANCE,), amount_over=Decimal(0))], Facts(), asking, DEPARTMENT
    )
    assert people(staging) == [(MANAGER,)]
    assert staging.trace[-1].outcome is Outcome.NOT_NEEDED


def test_next_up_skips_vacant_and_barred():
    assert next_up(P.MANAGER, DEPARTMENT | {P.DIRECTOR: ()}, frozenset({MARKETING})).people == (GM,)
    assert next_up(P.GENERAL_MANAGER, DEPARTMENT, frozenset()) is None


def test_different_people_are_found_by_swapping():
    first, second = PlannedStage((P.FINANCE,), (1, 2)), PlannedStage((P.HR,), (1,))
    assert have_different_people([first, second]) is True
    assert have_different_people([second, second]) is False


positions = st.sampled_from([P.MANAGER, P.DIRECTOR, P.MARKETING_DIRECTOR, P.GENERAL_MANAGER, P.FINANCE, P.HR])
departments = st.dictionaries(st.sampled_from(list(P)), st.lists(st.integers(1, 15), max_size=3, unique=True))


@given(
    st.lists(st.lists(positions, min_size=1, max_size=2, unique=True), min_size=1, max_size=5),
    st.integers(1, 15),
    st.sampled_from(list(P)),
    departments,
    st.frozensets(st.integers(1, 15), max_size=3),
)
def test_whatever_the_route_nobody_decides_something_of_their_own(
    route_, asking, position, holders, excluded
):
    route_steps = [Step(n, tuple(p)) for n, p in enumerate(route_)]
    staging = stages_for(route_steps, Facts(), Requester(asking, position), holders, excluded=excluded)
    barred = excluded | {asking}
    assert all(not barred & set(stage.people) for stage in staging.stages)
    assert have_different_people(staging.stages)
    assert staging.stages or staging.vacancy is not None
    if any(P.FINANCE in p for p in route_) and all(len(p) == 1 for p in route_):
        assert staging.vacancy is not None or any(P.FINANCE in s.positions for s in staging.stages)


@given(st.sampled_from(LINE), st.lists(positions, min_size=1, max_size=4))
def test_no_line_step_is_at_or_below_the_requester(position, route_):
    staging = stages_for(
        [Step(n, (p,)) for n, p in enumerate(route_)], Facts(), Requester(99, position), DEPARTMENT
    )
    if position is not P.GENERAL_MANAGER:
        for stage in staging.stages:
            assert all(p not in LINE or LINE.index(p) > LINE.index(position) for p in stage.positions)


def test_material_changes_names_the_fields():
    before = {"amount": "5.00", "title": "a", "unit": "x"}
    after = {"amount": "6.00", "title": "b", "unit": "x"}
    assert material_changes(before, after, ("amount", "unit", "dates")) == ["amount"]


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-23 09:00", "2026-11-23 11:30", 2.5),
        ("2026-11-23 11:00", "2026-11-23 14:00", 2),
        ("2026-11-20 16:00", "2026-11-23 09:00", 2),
        ("2026-11-23 08:00", "2026-11-23 17:00", 8),
        ("2026-11-21 10:00", "2026-11-22 10:00", 0),
        ("2026-11-23 12:00", "2026-11-23 09:00", 0),
    ],
)
def test_working_hours_leave_out_nights_noon_and_free_days(start, end, hours):
    def weekday(day: date) -> bool:
        return day.weekday() < 5

    got = working_hours_between(datetime.fromisoformat(start), datetime.fromisoformat(end), weekday)
    assert got == timedelta(hours=hours)
