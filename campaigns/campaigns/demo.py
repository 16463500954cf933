"""The demo's campaigns: the two of the source, and this season's, copied from the housing one and approved."""

from datetime import timedelta

from campaigns.campaigns.models import Campaign
from campaigns.campaigns.parts import tick_line
from campaigns.campaigns.services import CopyTerms, copy_campaign, load_campaigns, submit_plan
from kam.approvals import services as approvals
from kam.demo.story import Story

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
