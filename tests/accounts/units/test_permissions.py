"""Who sees a person's contact data in clear, per position."""

import pytest

from accounts.units.permissions import can_read_personal
from tests.factories.accounts import make_unit


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("owner", True),
        ("manager", True),
        ("same_team", False),
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
