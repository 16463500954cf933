"""Who registers, sees and corrects registered customers."""

from types import SimpleNamespace

import pytest

from campaigns.prospects import permissions
from kam.users.scopes import Reach, Scope

SCOPES = {
    "mine": Scope(Reach.OWN, Reach.OWN, 1, ()),
    "lead": Scope(Reach.TEAM, Reach.OWN, 2, (7,)),
    "manager": Scope(Reach.TEAM, Reach.TEAM, 3, (7,)),
    "clerk": Scope(Reach.DEPARTMENT, Reach.NOTHING, 4, ()),
    "nobody": Scope(Reach.NOTHING, Reach.NOTHING, 5, ()),
}
UNIT = SimpleNamespace(owner_id=1, team_id=7)


@pytest.mark.parametrize(
    ("who", "sees", "registers", "changes"),
    [
        ("mine", True, True, True),
        ("lead", True, True, False),
        ("manager", True, True, True),
        ("clerk", True, False, False),
        ("nobody", False, False, False),
    ],
)
def test_rights_follow_the_unit_or_whoever_registered(who, sees, registers, changes):
    user = SimpleNamespace(_kam_scope=SCOPES[who], is_active=True)
    of_unit = SimpleNamespace(unit=UNIT, owner_id=9, team_id=9)
    ordinary = SimpleNamespace(unit=None, owner_id=1, team_id=7)
    assert permissions.can_see_prospects(user) is sees
    assert permissions.can_register_prospect(user) is registers
    assert permissions.can_register_for(user, UNIT) is changes
    assert permissions.can_change_prospect(user, of_unit) is changes
    assert permissions.can_change_prospect(user, ordinary) is changes
