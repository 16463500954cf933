"""Who sees a person's contact data in clear, gives a unit away, grades it, accepts its flags, per position."""

import pytest

from accounts.red_flags.models import RedFlag
from accounts.red_flags.permissions import can_acknowledge_flag
from accounts.units.permissions import can_change_owner, can_change_tier, can_read_personal
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
