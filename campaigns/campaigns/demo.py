"""The demo's campaigns: the two of the source, and this season's, copied from the housing one and approved."""

from datetime import timedelta
from typing import Any

from accounts.units.models import KeyAccount
from campaigns.campaigns.models import Campaign
from campaigns.campaigns.parts import add_part, tick_line
from campaigns.campaigns.services import CopyTerms, copy_campaign, load_campaigns, submit_plan
from campaigns.campaigns.terms import ActivityKind, PartKind
from kam.approvals import services as approvals
from kam.demo.story import Story
from kam.users.models import User

#: The campaign in which the demo sells.
CODE = "housing-season"
#: The offer began so many days ago and ends so many days ahead.
BEGAN, ENDS = -50, 20


def play_campaigns(story: Story) -> None:
    """Load the two of the source; manager1 copies the housing one for this season, the director approves it."""
    manager, director = story.users["manager1"], story.users["director"]
    with story.at(story.day(-180), 9):
        load_campaigns()
    with story.at(story.day(BEGAN - 20), 10):
        made = copy_campaign(
            Campaign.objects.get(code="housing-2008"),
            CopyTerms(
                CODE,
                "大客户渠道拓展（住宅，本季）",
                story.day(BEGAN),
                story.day(ENDS),
                "Housing, this season",
            ),
            by=manager,
        )
        request = submit_plan(made, by=manager, version=made.version)
    with story.at(story.day(BEGAN - 19), 11):
        approvals.approve(request, by=director, version=request.version, reason="同意")
    for line in made.schedule.filter(due_on__lt=story.today - timedelta(days=3)):
        assert line.due_on is not None  # noqa: S101 -- filtered by it
        with story.at(line.due_on, 16):
            tick_line(line, done=True, by=manager)
    _go_out(story, made)


def _go_out(story: Story, made: Campaign) -> None:
    """Two batches brought to the site, one show with a partner."""
    manager = story.users["manager1"]
    units = KeyAccount.objects.filter(owner__isnull=False).select_related("owner").order_by("pk")[:2]
    for batch, unit in enumerate(units, 1):
        day = story.day(-21 + 7 * batch)
        visit = {"batch": batch, "unit": unit, "on": day, "invited_count": 30, "came_count": 24 + batch}
        visit |= {
            "transport": "大巴一台，单位门口集合",
            "leader": unit.owner,
            "feedback": "样板房满意，多问交房时间",
        }
        _add(story, made, PartKind.BATCH, visit, manager)
    show = {
        "partner": "株洲汽车城",
        "kind": ActivityKind.TEST_DRIVE,
        "on": story.day(-9),
        "where": "售楼处广场",
    }
    show |= {"owner": manager, "came_count": 41, "result": "六位已认筹客户到场，两位转介绍"}
    _add(story, made, PartKind.ACTIVITY, show, manager)


def _add(story: Story, made: Campaign, kind: PartKind, told: dict[str, Any], by: User) -> None:
    made.refresh_from_db()
    with story.at(told["on"], 18):
        add_part(made, kind, told, by=by, version=made.version)
