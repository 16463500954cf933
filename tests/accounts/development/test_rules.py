"""What phases and steps ask, which way a move goes, which status follows."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.development.rules.checks import (
    HANGS_ON,
    RULES,
    Event,
    Facts,
    Finding,
    empty_roles,
    find,
    missing,
)
from accounts.development.rules.phases import (
    ENTRY,
    Stays,
    asked,
    conditions,
    days_late,
    move_of,
    next_missing,
    next_phase,
    passed,
    status_path,
    stays_of,
)
from accounts.development.rules.steps import STEP_CHECKS, step_at, steps_of
from accounts.development.terms import LADDER, Answer, Check, Move, Told
from accounts.roles.terms import Seat
from accounts.units.terms import Phase, UnitStatus

DAY = date(2026, 6, 1)
ALL_SEATS = {Seat.DECISION_MAKER: "Xu", Seat.TECHNICAL: "Cai", Seat.USER: "Lin"}


def told(**events):
    return {Told(name): tuple(rows) for name, rows in events.items()}


@pytest.mark.parametrize(
    ("check", "facts", "answer"),
    [
        (Check.OWNED, {}, False),
        (Check.OWNED, {"owner": "Lin"}, True),
        (Check.QUALIFIES, {"criteria": 1, "criteria_needed": 2}, False),
        (Check.QUALIFIES, {"criteria": 2, "criteria_needed": 2}, True),
        (Check.DIRECTION, {}, False),
        (Check.DIRECTION, {"direction": "Nine sets"}, True),
        (Check.VISITED, {}, False),
        (Check.VISITED, {"visits": 1, "visited_on": DAY}, True),
        (Check.RIVALS, {"lines": 3}, False),
        (Check.RIVALS, {"lines": 3, "lines_known": 1}, True),
        (Check.SWOT, {}, False),
        (Check.SWOT, {"swot": {"strengths": 1, "weaknesses": 1, "opportunities": 1, "threats": 0}}, False),
        (Check.SWOT, {"swot": {"strengths": 1, "weaknesses": 1, "opportunities": 1, "threats": 1}}, True),
        (Check.SEATS, {"seats": {Seat.DECISION_MAKER: "Xu", Seat.USER: "Lin"}}, False),
        (Check.SEATS, {"seats": ALL_SEATS}, True),
        (Check.DECIDER, {"decider": "Xu"}, False),
        (Check.DECIDER, {"decider": "Xu", "decider_met_on": DAY}, True),
        (Check.NEED, {}, False),
        (Check.NEED, {"clarified": 1}, True),
        (Check.CONFIRMED, {"seats": ALL_SEATS, "assumed": (Seat.USER,)}, False),
        (Check.CONFIRMED, {"seats": ALL_SEATS}, True),
        (Check.CONFIRMED, {}, False),
        (Check.INTERVIEWED, {}, False),
        (Check.INTERVIEWED, {"seats": ALL_SEATS, "never_met": ("Lin",)}, False),
        (Check.INTERVIEWED, {"seats": ALL_SEATS}, True),
        (Check.FLOW, {}, False),
        (Check.FLOW, {"flow_on": DAY}, True),
        (Check.SOLUTION, {}, False),
        (Check.SOLUTION, {"solution": "Three rates"}, True),
        (Check.SOLUTION, {"told": told(proposals=[Event(DAY, "Version 2")])}, True),
        (Check.KEY_PERSON, {}, False),
        (Check.KEY_PERSON, {"key_person": "Xu"}, True),
        (Check.ORGANISATION, {"persons": 2}, False),
        (Check.ORGANISATION, {"persons": 1, "bosses": 1}, False),
        (Check.ORGANISATION, {"persons": 2, "bosses": 1}, True),
        (Check.PRODUCTS, {}, False),
        (Check.PRODUCTS, {"lines": 3, "lines_known": 2}, False),
        (Check.PRODUCTS, {"lines": 3, "lines_known": 3}, True),
        (Check.RELATIONS, {}, False),
        (Check.RELATIONS, {"relations": 1}, True),
        (Check.ORDER, {"told": told(orders=[])}, False),
        (Check.ORDER, {"told": told(orders=[Event(DAY, "T-1")])}, True),
        (Check.COMPLAINT, {"told": told(complaints=[])}, False),
        (Check.COMPLAINT, {"told": told(complaints=[Event(DAY, "K-7", DAY)])}, False),
        (Check.COMPLAINT, {"told": told(complaints=[Event(DAY, "K-7")])}, True),
        (Check.SETTLED, {"told": told(complaints=[Event(DAY, "K-7", DAY + timedelta(1))])}, False),
        (Check.SETTLED, {"told": told(complaints=[Event(DAY, "K-7", DAY)])}, True),
        (Check.SIGNED, {"told": told(deals=[])}, False),
        (Check.SIGNED, {"told": told(deals=[Event(DAY)])}, True),
        (Check.SURVEYED, {"told": told(surveys=[])}, False),
        (Check.SURVEYED, {"told": told(surveys=[Event(DAY)])}, True),
        (Check.PLANNED, {"told": told(service_plans=[])}, False),
        (
            Check.PLANNED,
            {"seats": ALL_SEATS, "told": told(service_plans=[Event(DAY, kind="user")])},
            False,
        ),
        (
            Check.PLANNED,
            {"seats": ALL_SEATS, "told": told(service_plans=[Event(DAY, kind=seat) for seat in ALL_SEATS])},
            True,
        ),
        (Check.REVIEWED, {"told": told(reviews=[])}, False),
        (Check.REVIEWED, {"told": told(reviews=[Event(DAY - timedelta(31))])}, True),
        (Check.REVIEWED, {"told": told(reviews=[Event(DAY - timedelta(32))])}, False),
        (Check.LOOKED_AFTER, {"told": told(after_sales=[Event(DAY)])}, True),
        (Check.REPORTED, {"told": told(reports=[])}, False),
        (Check.NEXT_NEED, {"told": told(deals=[]), "needs": (DAY,)}, False),
        (Check.NEXT_NEED, {"told": told(deals=[Event(DAY)]), "needs": (DAY - timedelta(1),)}, False),
        (Check.NEXT_NEED, {"told": told(deals=[Event(DAY)]), "needs": (DAY,)}, True),
    ],
)
def test_what_a_check_asks(check, facts, answer):
    assert find(check, Facts(DAY, **facts)).answer is (Answer.MET if answer else Answer.MISSING)


def test_what_no_room_tells_is_not_asked_and_refuses_nothing():
    findings = [find(check, Facts(DAY)) for check in HANGS_ON]
    assert {finding.answer for finding in findings} == {Answer.UNASKED}
    assert missing(findings) == ()


def test_every_check_has_a_rule_and_a_place():
    used = {check for checks in (*ENTRY.values(), *STEP_CHECKS.values()) for check in checks}
    assert used == set(Check) == set(RULES)


def test_one_gatekeeper_is_enough():
    assert empty_roles({Seat.FINANCIAL: "Li"}) == (Seat.DECISION_MAKER, Seat.USER)
    assert empty_roles({}) == (Seat.DECISION_MAKER, Seat.USER, Seat.TECHNICAL)


@pytest.mark.parametrize(
    ("old", "new", "way", "through"),
    [
        (1, 2, Move.FORWARD, (2,)),
        (2, 4, Move.FORWARD, (3, 4)),
        (5, 7, Move.FORWARD, (7,)),
        (5, 6, Move.FORWARD, (6,)),
        (4, 6, Move.FORWARD, (5, 6)),
        (6, 7, Move.FORWARD, (7,)),
        (7, 6, Move.FORWARD, (6,)),
        (7, 5, Move.BACK, ()),
        (6, 5, Move.BACK, ()),
        (3, 1, Move.BACK, ()),
    ],
)
def test_a_move_asks_what_lies_on_its_way(old, new, way, through):
    old, new = Phase(old), Phase(new)
    assert move_of(old, new) is way
    assert passed(old, new) == through
    assert asked(old, new) == tuple(check for phase in through for check in ENTRY[phase])


@pytest.mark.parametrize(("phase", "following"), [(1, 2), (4, 5), (5, 7), (6, 7), (7, 7)])
def test_nobody_aims_at_a_crisis(phase, following):
    assert next_phase(Phase(phase)) is Phase(following)


def test_the_first_gap_is_named():
    facts = Facts(DAY, owner="Lin", criteria=1)
    assert next_missing(facts, Phase.GOAL).check is Check.DIRECTION
    assert next_missing(Facts(DAY, owner="Lin", criteria=1, direction="x"), Phase.GOAL) is None


MET, GAP = Finding(Check.OWNED, Answer.MET), Finding(Check.ORDER, Answer.UNASKED)


@pytest.mark.parametrize(
    ("new", "status", "findings", "path"),
    [
        (Phase.FIELD, "prospect", [MET], ["qualified"]),
        (Phase.DEEP, "prospect", [MET], ["qualified", "developing"]),
        (Phase.SUBSTANCE, "developing", [MET], []),
        (Phase.FIRST, "developing", [MET], ["cooperating"]),
        (Phase.FIRST, "developing", [MET, GAP], []),
        (Phase.FIRST, "stable", [MET], []),
        (Phase.STABLE, "cooperating", [MET], ["stable"]),
        (Phase.CRISIS, "cooperating", [MET], []),
        (Phase.DEEP, "dormant", [MET], ["developing"]),
        (Phase.FIRST, "won_back", [MET], ["cooperating"]),
        (Phase.FIELD, "won_back", [MET], []),
        (Phase.FIRST, "lost", [MET], []),
        (Phase.FIRST, "developing", [], []),
    ],
)
def test_the_status_follows_only_what_is_proved(new, status, findings, path):
    assert status_path(new, UnitStatus(status), findings) == tuple(UnitStatus(s) for s in path)


@given(st.sampled_from(Phase), st.sampled_from(UnitStatus))
def test_a_status_never_falls(new, status):
    path = status_path(new, status, [MET])
    ranks = [LADDER.index(s) for s in (status, *path) if s in LADDER]
    assert ranks == sorted(ranks)


@given(st.sampled_from(Phase), st.sampled_from(Phase))
def test_a_longer_way_never_asks_less(old, new):
    if old < new and new is not Phase.CRISIS:
        whole = set(asked(old, new))
        for between in Phase:
            if old < between < new and between is not Phase.CRISIS:
                assert set(asked(old, between)) | set(asked(between, new)) == whole


@pytest.mark.parametrize(("days", "late"), [(29, 0), (30, 0), (31, 1), (64, 34)])
def test_days_late_begin_after_the_norm(days, late):
    assert days_late(DAY - timedelta(days), DAY, 30) == late


def test_conditions_are_those_of_the_move():
    found = conditions(Facts(DAY), old=Phase.GOAL, new=Phase.DEEP)
    assert [finding.check for finding in found] == [*ENTRY[Phase.FIELD], *ENTRY[Phase.DEEP]]


def test_the_step_is_the_first_that_is_not_done():
    nothing = steps_of(Facts(DAY))
    assert [state.is_done for state in nothing] == [False] * 7
    assert step_at(nothing) == 1
    listed = Facts(DAY, owner="Lin", criteria=1)
    assert step_at(steps_of(listed)) == 2


def test_all_seven_steps_done_stays_at_the_seventh():
    facts = Facts(
        DAY,
        owner="Lin",
        criteria=1,
        persons=2,
        bosses=1,
        flow_on=DAY,
        lines=1,
        lines_known=1,
        seats=ALL_SEATS,
        relations=1,
        clarified=1,
        solution="x",
        needs=(DAY,),
        told=told(
            service_plans=[Event(DAY, kind=seat) for seat in ALL_SEATS],
            reviews=[Event(DAY)],
            deals=[Event(DAY)],
            after_sales=[Event(DAY)],
            reports=[Event(DAY)],
        ),
    )
    states = steps_of(facts)
    assert [state.is_done for state in states] == [True] * 7
    assert step_at(states) == 7


def test_a_step_nobody_can_check_is_not_done_and_says_so():
    planned = steps_of(Facts(DAY))[3]
    assert (planned.is_done, planned.is_known) == (False, False)
    assert steps_of(Facts(DAY))[0].is_known


@given(st.dictionaries(st.integers(0, 400), st.integers(1, 9), max_size=8), st.integers(0, 120))
def test_how_long_units_stay_is_told_from_how_many_came_on_which_day(ago, norm):
    today = date(2026, 6, 30)
    told = stays_of({today - timedelta(days=n): count for n, count in ago.items()}, today, norm)
    each = sorted((n for n, count in ago.items() for _unit in range(count)), reverse=True)
    middle = each[(len(each) - 1) // 2] if each else None
    assert told == Stays(len(each), sum(n > norm for n in each), middle)
