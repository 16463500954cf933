"""The demo's agreements: one in force, one that ends next month."""

from decimal import Decimal

from campaigns.agreements.services import Paper, record_agreement
from campaigns.deals.demo import first_unit
from kam.demo.story import Story

_STORIES = (
    ("chamber", "会员团购长期合作协议", -60, 305, Decimal(12_000_000)),
    ("factory", "职工住房年度合作协议", -325, 40, None),
)


def play_agreements(story: Story) -> None:
    """Signed on their first day, or when the department began."""
    for place, (channel, title, starts, ends, amount) in enumerate(_STORIES):
        unit = first_unit(channel)
        if unit is None or unit.owner is None:
            continue
        day = story.day(max(starts, -60))
        with story.at(day, 10, place):
            terms = "全年享受团购价；每季度对账一次；优先选房。"
            paper = Paper(title, story.day(starts), story.day(ends), day, terms, amount)
            record_agreement(unit, paper, by=unit.owner)
