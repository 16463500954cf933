"""The demo's statistics: the month before last was read with a remark, the last one waits for the director."""

from datetime import timedelta

from kam.core.periods import month_of
from kam.demo.story import Story
from kpi.statistics import services


def play_statistics(story: Story) -> None:
    """Hand in two months as the clerk, read one as the director."""
    clerk, director = story.users["clerk"], story.users["director"]
    last = month_of(story.today.replace(day=1) - timedelta(days=1))
    before = month_of(last.first - timedelta(days=1))
    with story.at(before.last + timedelta(days=4), 15):
        note = "礼品支出集中在中秋前后。"
        read = services.hand_in(before, revision=1, note=note, by=clerk)
    with story.at(before.last + timedelta(days=5), 9):
        services.mark_read(read, remark="回访跟进要更及时。", by=director)
    day = last.last + timedelta(days=3)
    if day < story.today:
        with story.at(day, 16):
            services.hand_in(last, revision=1, note="两张补录的拜访已计入。", by=clerk)
