"""The demo's campaigns: the two of the source."""

from campaigns.campaigns.services import load_campaigns
from kam.demo.story import Story


def play_campaigns(story: Story) -> None:
    """Load the two campaigns of the source half a year ago."""
    with story.at(story.day(-180), 9):
        load_campaigns()
