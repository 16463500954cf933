"""Who asks for, prepares, holds and takes down."""

from types import SimpleNamespace

import pytest

from campaigns.briefings import permissions
from campaigns.briefings.terms import BriefingState
from kam.users.scopes import Reach, Scope
from kam.users.terms import Position

UNIT = SimpleNamespace(owner_id=1, team_id=7)
PEOPLE = {
    "owner": (Scope(Reach.OWN, Reach.OWN, 1, ()), Position.SPECIALIST),
    "colleague": (Scope(Reach.OWN, Reach.OWN, 2, ()), Position.SPECIALIST),
    "clerk": (Scope(Reach.DEPARTMENT, Reach.NOTHING, 3, ()), Position.CLERK),
    "finance": (Scope(Reach.NOTHING, Reach.NOTHING, 4, ()), Position.FINANCE),
}


def briefing(state):
    return SimpleNamespace(state=state, unit=UNIT, asked_by_id=1)


def person(who, *, is_active=True):
    scope, position = PEOPLE[who]
    return SimpleNamespace(_kam_scope=scope, position=position, pk=scope.user_id, is_active=is_active)


@pytest.mark.parametrize(
    ("who", "sees", "asks", "works", "cancels", "takes_down_if_part"),
    [
        ("owner", True, True, True, True, True),
        ("colleague", True, False, False, False, True),
        ("clerk", True, False, True, False, True),
        ("finance", False, False, False, False, True),
    ],
)
def test_the_unit_decides_the_clerk_helps_and_who_takes_part_takes_down(
    who, sees, asks, works, cancels, takes_down_if_part
):
    user, row = person(who), briefing(BriefingState.PREPARED)
    assert permissions.can_see_briefings(user) is sees
    assert permissions.can_ask_briefing(user, UNIT) is asks
    assert permissions.can_prepare_briefing(user, row) is works
    assert permissions.can_step_briefing(user, row) is works
    assert permissions.can_cancel_briefing(user, row) is cancels
    assert permissions.can_take_down(user, row, takes_part=False) is works
    assert permissions.can_take_down(user, row, takes_part=True) is takes_down_if_part
    over = briefing(BriefingState.CLOSED)
    assert permissions.can_read_numbers(user, over, takes_part=False) is works
    assert permissions.can_read_numbers(user, over, takes_part=True) is takes_down_if_part
    gone = person(who, is_active=False)
    assert permissions.can_read_numbers(gone, over, takes_part=True) is False


def test_each_act_has_its_states():
    user, gone = person("owner"), person("owner", is_active=False)
    acts = {
        permissions.can_edit_briefing: {"returned"},
        permissions.can_prepare_briefing: {"approved", "prepared"},
        permissions.can_cancel_briefing: {"approved", "prepared"},
        permissions.can_step_briefing: {"approved", "prepared", "held"},
        lambda u, b: permissions.can_take_down(u, b, takes_part=False): {"prepared", "held"},
    }
    for may, states in acts.items():
        assert {state.value for state in BriefingState if may(user, briefing(state))} == states
    assert permissions.can_step_briefing(gone, briefing(BriefingState.HELD)) is False
