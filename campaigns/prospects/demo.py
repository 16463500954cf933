"""The demo's registered customers: of two units and of none, from several sources; some pay earnest money later and one buys."""

from accounts.units.models import KeyAccount
from campaigns.campaigns.demo import BEGAN, CODE
from campaigns.campaigns.models import Campaign
from campaigns.campaigns.terms import OfferChannel
from campaigns.prospects.models import Prospect
from campaigns.prospects.services import ProspectTerms, drop_prospect, make_person, register_prospect
from campaigns.prospects.terms import Intention, Source
from kam.demo.story import Story

S, W = Source, Intention
#: Channel of the unit ("" is of none), name, source, which one, intention, what is wanted. Those of the earnest money come first.
_PEOPLE = (
    ("", "邓志强", S.STORE, "芦淞售楼处", W.STRONG, "三房，低楼层"),
    ("chamber", "傅明辉", S.INTRODUCTION, "商会秘书长", W.STRONG, "130 ㎡，一次性付款"),
    ("factory", "姚建国", S.BRIEFING, "厂工会说明会", W.STRONG, "两房，按揭"),
    ("", "曾丽", S.PHONE, "报纸广告来电", W.INTERESTED, "学区"),
    ("", "柳春燕", S.STORE, "芦淞售楼处", W.INTERESTED, ""),
    ("", "贺子轩", S.ONLINE, "房产网", W.CONSIDERING, "等开盘价"),
    ("", "龙雅琴", S.ROADSHOW, "家润多广场", W.INTERESTED, "三房"),
    ("", "谭国栋", S.COLLEAGUE, "策划部同事", W.STRONG, "商铺"),
    ("", "文晓东", S.ROADSHOW, "家润多广场", W.NONE, ""),
    ("chamber", "洪美玲", S.INTRODUCTION, "傅明辉介绍", W.INTERESTED, "两套相邻"),
    ("factory", "欧阳静", S.SITE_VISIT, "第一批参观", W.CONSIDERING, "看样板房后再定"),
)
_GIVEN_UP = "文晓东"


def play_prospects(story: Story) -> None:
    """Two a day from three weeks before the offer on; one is given up."""
    campaign = Campaign.objects.get(code=CODE)
    for place, told in enumerate(_PEOPLE):
        with story.at(story.day(BEGAN - 12 + place), 15):
            _register(story, campaign, *told)
    lost = Prospect.objects.filter(name=_GIVEN_UP).first()
    if lost is not None:
        with story.at(story.day(BEGAN + 5), 9):
            drop_prospect(lost, reason="已在别处购房", by=lost.owner, version=lost.version)


def _register(story: Story, campaign: Campaign, channel: str, *told: str) -> None:
    name, source, note, intention, need = told
    unit = None
    if channel:
        rows = KeyAccount.objects.filter(channel=channel, owner__isnull=False).select_related("owner")
        unit = rows.order_by("pk").first()
    by = unit.owner if unit is not None and unit.owner is not None else story.users["specialist2"]
    terms = ProspectTerms(
        campaign=campaign,
        name=name,
        channel=unit.channel if unit else OfferChannel.OTHER,
        source=Source(source),
        source_note=note,
        intention=Intention(intention),
        need=need,
    )
    row = register_prospect(terms, unit=unit, by=by)
    if unit is not None and intention == Intention.STRONG:
        make_person(row, by=by, version=row.version)
