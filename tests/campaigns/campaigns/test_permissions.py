"""Who sees, drafts, runs, hands in and ends a campaign."""

import pytest

from campaigns.campaigns.permissions import (
    can_add_campaign,
    can_edit_plan,
    can_run_campaign,
    can_see_campaigns,
)
from tests.factories.campaigns import make_campaign


def test_everybody_who_works_here_sees_campaigns(cast):
    assert [can_see_campaigns(user) for user in (cast.owner, cast.finance, cast.gone)] == [True, True, False]


@pytest.mark.parametrize(
    ("who", "add", "draft", "running", "closed"),
    [
        ("owner", False, True, True, False),
        ("same_team", False, False, False, False),
        ("manager", True, True, True, False),
        ("director", True, True, True, False),
        ("marketing", False, False, False, False),
    ],
)
def test_planners_and_the_coordinator_write_a_campaign_until_it_ends(cast, who, add, draft, running, closed):
    user = getattr(cast, who)
    states = {
        state: make_campaign(state, state=state, coordinator=cast.owner)
        for state in ("draft", "running", "closed")
    }
    assert can_add_campaign(user) is add
    assert [can_run_campaign(user, states[state]) for state in states] == [draft, running, closed]
    assert [can_edit_plan(user, states[state]) for state in states] == [draft, False, False]
