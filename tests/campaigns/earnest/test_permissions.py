"""Who drops or asks back earnest money: the writers of the unit, or whoever noted an ordinary buyer."""

import pytest

from campaigns.earnest.permissions import can_change_earnest
from tests.factories.accounts import make_unit
from tests.factories.campaigns import make_campaign
from tests.factories.earnest import make_earnest


@pytest.mark.parametrize(
    ("who", "of_unit", "ordinary"),
    [("owner", True, False), ("same_team", False, True), ("manager", True, True), ("finance", False, False)],
)
def test_writers_of_the_unit_or_whoever_noted_the_buyer(cast, who, of_unit, ordinary):
    campaign = make_campaign(window_from=None, window_to=None)
    unit = make_unit(owner=cast.owner, channel="chamber")
    found = [
        can_change_earnest(getattr(cast, who), earnest)
        for earnest in (
            make_earnest(campaign, cast.owner, "洪嘉伟", unit),
            make_earnest(campaign, cast.same_team, "王小明"),
        )
    ]
    assert found == [of_unit, ordinary]
