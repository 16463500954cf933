"""Who sees a person's contact data in clear, gives a unit away, grades it, accepts its flags, per position."""

import pytest

from accounts.red_flags.models import RedFlag
from accounts.red_flags.permissions import can_acknowledge_flag
from accounts.units.permissions import can_change_owner, can_change_tier, can_read_personal, loses, sees_unit
from kam.files.models import Attachment
from kam.files.permissions import can_remove_file
from tests.factories.accounts import make_unit


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("owner", True),
        ("manager", True),
        ("same_team", False),
        ("lead", False),
        ("director", False),
        ("other_team", False),
        ("other_manager", False),
        ("clerk", False),
        ("admin", False),
        ("hr", False),
        ("gone", False),
    ],
)
def test_who_reads_contact_data_in_clear(cast, who, reads):
    unit = make_unit(owner=cast.owner)
    assert can_read_personal(getattr(cast, who), unit) is reads


def test_an_owner_who_was_deactivated_reads_nothing_in_clear(cast):
    unit = make_unit(owner=cast.owner)
    cast.owner.is_active = False
    assert not can_read_personal(cast.owner, unit)


@pytest.mark.parametrize(
    ("who", "writes", "decides"),
    [
        ("owner", True, False),
        ("lead", False, False),
        ("manager", True, True),
        ("director", True, True),
        ("same_team", False, False),
        ("other_manager", False, False),
        ("clerk", False, False),
        ("gm", False, False),
    ],
)
def test_whoever_writes_a_unit_accepts_its_flags_and_its_manager_gives_and_grades_it(
    cast, who, writes, decides
):
    unit, user = make_unit(owner=cast.owner), getattr(cast, who)
    assert can_acknowledge_flag(user, RedFlag(unit=unit)) is writes
    assert (can_change_owner(user, unit), can_change_tier(user, unit)) == (decides, decides)


def test_a_file_is_removed_only_by_who_added_it(cast):
    unit = make_unit(owner=cast.owner)
    file = Attachment(owner_kind="accounts.unit", owner_id=str(unit.pk), by=cast.owner)
    assert (can_remove_file(cast.owner, file), can_remove_file(cast.director, file)) == (True, False)


@pytest.mark.parametrize(
    ("who", "sees", "of_nobody"),
    [
        ("owner", True, False),
        ("lead", True, True),
        ("manager", True, True),
        ("director", True, True),
        ("clerk", True, True),
        ("same_team", False, False),
        ("other_team", False, False),
        ("other_manager", False, False),
        ("finance", False, False),
        ("admin", False, False),
        ("gone", False, False),
    ],
)
def test_to_whom_a_unit_is_open_as_it_stands(cast, who, sees, of_nobody):
    person, unit = getattr(cast, who), make_unit(owner=cast.owner)
    assert sees_unit(person, unit) is sees
    unit.owner = None
    assert sees_unit(person, unit) is of_nobody


def test_what_hangs_on_a_unit_leaves_its_former_owner_and_whoever_does_not_see_it_any_more(cast):
    unit = make_unit(owner=cast.same_team)
    assert [loses(person, unit, cast.lead) for person in (cast.lead, cast.manager, cast.same_team)] == [
        True,
        False,
        False,
    ]
    assert (loses(cast.owner, unit, cast.lead), loses(cast.other_team, unit, None)) == (True, True)
    assert (loses(cast.lead, unit, None), loses(cast.same_team, unit, cast.owner)) == (False, False)
