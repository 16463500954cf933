"""Who shares a view with a team."""

import pytest

from kam.lists.permissions import can_share_view


@pytest.mark.parametrize(
    ("who", "may"),
    [("lead", True), ("manager", True), ("owner", False), ("other_lead", False), ("other_manager", False)],
)
def test_only_its_lead_and_manager_share_a_view_with_a_team(cast, who, may):
    assert can_share_view(getattr(cast, who), cast.team) is may
