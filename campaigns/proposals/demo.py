"""The demo's proposals: one accepted in its second version, one presented and open, one not presented yet."""

from campaigns.campaigns.demo import CODE
from campaigns.campaigns.models import Campaign
from campaigns.deals.demo import first_unit
from campaigns.proposals.models import Proposal
from campaigns.proposals.services import Shown, add_version, answer, open_proposal, present
from campaigns.proposals.terms import ProposalState
from kam.demo.story import Story

_STORIES = (
    ("chamber", "会员团购方案", "两栋楼的团购房源、价格与交付时间。", 40, True),
    ("factory", "职工购房方案", "按工龄分批认购，班车看房。", 20, False),
    ("market", "商户安居方案", "一次性付款与商铺租约联动。", 6, None),
)


def play_proposals(story: Story) -> None:
    """One unit after the other: written, presented to whoever is there, answered."""
    campaign = Campaign.objects.get(code=CODE)
    for place, (channel, title, summary, days, is_accepted) in enumerate(_STORIES):
        unit = first_unit(channel)
        if unit is None or unit.owner is None:
            continue
        with story.at(story.day(-days), 9, place):
            row = open_proposal(unit, title, summary, by=unit.owner, campaign=campaign)
        persons = list(unit.persons.filter(left_on__isnull=True).order_by("pk")[:2])
        if is_accepted is None or not persons:
            continue
        _show(story, row, Shown(story.day(4 - days), persons, "单位会议室，幻灯片", "关心贷款手续"))
        if is_accepted:
            with story.at(story.day(6 - days), 9, place):
                add_version(row, summary + "增加银行现场办理。", by=unit.owner, version=1)
            _show(story, row, Shown(story.day(8 - days), persons, "会长办公室", "同意组织看房"))
            with story.at(story.day(10 - days), 16, place):
                words = "按第二版执行"
                day = story.day(10 - days)
                answer(row, ProposalState.ACCEPTED, on=day, words=words, by=unit.owner, version=2)


def _show(story: Story, proposal: Proposal, shown: Shown) -> None:
    with story.at(shown.on, 15):
        version = proposal.versions.first()
        assert version is not None  # noqa: S101 -- each begins with one
        present(version, shown, by=proposal.by)
