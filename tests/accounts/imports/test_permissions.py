"""Whose rows a person may import (12-decisions 4)."""

import pytest

from accounts.imports.permissions import can_grade_by_import, can_import_for, can_update_by_import


@pytest.mark.parametrize(
    ("who", "own", "same_team", "other_team"),
    [
        ("owner", True, False, False),
        ("lead", True, False, False),
        ("manager", True, True, False),
        ("director", True, True, True),
        ("clerk", True, True, True),
        ("finance", False, False, False),
    ],
)
def test_rows_of_which_owner_a_person_may_import(cast, who, own, same_team, other_team):
    user = getattr(cast, who)
    rows = [(user.pk, None), (cast.same_team.pk, cast.team.pk), (cast.other_team.pk, cast.second_team.pk)]
    allowed = [can_import_for(user, owner_id=owner, team_id=team) for owner, team in rows]
    assert allowed == [own, same_team, other_team]


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("owner", False),
        ("lead", False),
        ("manager", True),
        ("director", True),
        ("clerk", True),
        ("admin", True),
        ("finance", False),
    ],
)
def test_whose_files_confirm_a_tier(cast, who, may):
    assert can_grade_by_import(getattr(cast, who)) is may


def test_the_system_confirms_tiers():
    assert can_grade_by_import(None)


@pytest.mark.parametrize(
    ("who", "own", "same_team", "other_team"),
    [
        ("owner", True, False, False),
        ("manager", True, True, False),
        ("director", True, True, True),
        ("clerk", True, True, True),
        ("finance", False, False, False),
    ],
)
def test_which_units_a_row_may_change(cast, who, own, same_team, other_team):
    user = getattr(cast, who)
    rows = [(user.pk, None), (cast.same_team.pk, cast.team.pk), (cast.other_team.pk, cast.second_team.pk)]
    found = [can_update_by_import(user, owner_id=owner, team_id=team) for owner, team in rows]
    assert found == [own, same_team, other_team]
    assert can_update_by_import(None, owner_id=None, team_id=None)
