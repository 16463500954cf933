"""Sixty units of a property department in Zhuzhou, opened over the past year through the services."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.units.models import KeyAccount
from accounts.units.services import change_status, change_tier, create_unit, observe
from accounts.units.terms import Channel, Field, Tier, UnitClass, UnitSource, UnitStatus
from kam.demo.story import Story
from kam.users.models import Industry, User

_C = Channel
#: name, English name, channel, tier, how far it has come
_FIRST: tuple[tuple[str, str, Channel, Tier, UnitStatus], ...] = (
    ("泉州商会", "Quanzhou Chamber of Commerce", _C.CHAMBER, Tier.A, UnitStatus.DEVELOPING),
    ("温州商会", "Wenzhou Chamber of Commerce", _C.CHAMBER, Tier.A, UnitStatus.COOPERATING),
    ("株洲机车厂", "Zhuzhou Locomotive Works", _C.FACTORY, Tier.A, UnitStatus.QUALIFIED),
    ("芦淞大市场", "Lusong Market", _C.MARKET, Tier.B, UnitStatus.PROSPECT),
    ("株洲冶炼厂", "Zhuzhou Smelter", _C.FACTORY, Tier.A, UnitStatus.COOPERATING),
    ("株洲市教育局", "Zhuzhou Education Bureau", _C.GOVERNMENT, Tier.A, UnitStatus.DEVELOPING),
    ("株洲市第二中学", "Zhuzhou No. 2 Middle School", _C.SCHOOL, Tier.B, UnitStatus.COOPERATING),
    ("建设银行芦淞支行", "CCB Lusong Branch", _C.BANK, Tier.B, UnitStatus.DEVELOPING),
    ("恒泰机车配件厂", "Hengtai Locomotive Parts", _C.FACTORY, Tier.B, UnitStatus.QUALIFIED),
    ("华诚写字楼物业公司", "Huacheng Office Tower", _C.OFFICE, Tier.B, UnitStatus.DEVELOPING),
    ("石峰集团有限公司", "Shifeng Group", _C.SOE, Tier.B, UnitStatus.DORMANT),
    ("株洲市第一人民医院", "Zhuzhou First People's Hospital", _C.GOVERNMENT, Tier.B, UnitStatus.QUALIFIED),
    ("福州商会", "Fuzhou Chamber of Commerce", _C.CHAMBER, Tier.B, UnitStatus.STABLE),
    ("潮汕商会", "Chaoshan Chamber of Commerce", _C.CHAMBER, Tier.C, UnitStatus.PROSPECT),
    ("邵阳商会", "Shaoyang Chamber of Commerce", _C.CHAMBER, Tier.C, UnitStatus.LOST),
    ("湘潭建材市场", "Xiangtan Building-Material Market", _C.MARKET, Tier.C, UnitStatus.PROSPECT),
)
_PLACES = ("株洲", "芦淞", "荷塘", "石峰", "天元", "醴陵", "湘潭", "长沙", "攸县", "茶陵")
_KINDS: tuple[tuple[str, Channel], ...] = (
    ("商会", _C.CHAMBER),
    ("化工厂", _C.FACTORY),
    ("煤矿", _C.FACTORY),
    ("服装市场", _C.MARKET),
    ("建材城", _C.MARKET),
    ("中学", _C.SCHOOL),
    ("职业技术学院", _C.SCHOOL),
    ("税务局", _C.GOVERNMENT),
    ("工商银行支行", _C.BANK),
    ("石油分公司", _C.SOE),
    ("天然气公司", _C.SOE),
    ("国际大厦物业", _C.OFFICE),
)
#: How many people such a unit has; a chamber counts its member companies.
_SIZES = {_C.CHAMBER: (90, 400), _C.FACTORY: (300, 4000), _C.SOE: (200, 2500), _C.MARKET: (120, 1500)}
_STEPS = (
    "弄清谁审图纸和质量",
    "约会长确认团购意向",
    "送户型资料和付款节点表",
    "请办公室主任安排产品说明会",
    "了解年会时间并申请资料架位置",
    "拜访财务负责人谈付款方式",
)
_BUSINESS = (
    "建材、石材、卫浴",
    "轨道交通装备制造",
    "服装批发",
    "有色金属冶炼",
    "基础教育",
    "金融服务",
    "机车零部件",
)
_PATHS: dict[UnitStatus, tuple[UnitStatus, ...]] = {
    UnitStatus.PROSPECT: (),
    UnitStatus.QUALIFIED: (UnitStatus.QUALIFIED,),
    UnitStatus.DEVELOPING: (UnitStatus.QUALIFIED, UnitStatus.DEVELOPING),
    UnitStatus.COOPERATING: (UnitStatus.QUALIFIED, UnitStatus.DEVELOPING, UnitStatus.COOPERATING),
    UnitStatus.STABLE: (
        *(UnitStatus.QUALIFIED, UnitStatus.DEVELOPING),
        *(UnitStatus.COOPERATING, UnitStatus.STABLE),
    ),
    UnitStatus.DORMANT: (UnitStatus.QUALIFIED, UnitStatus.DEVELOPING, UnitStatus.DORMANT),
    UnitStatus.LOST: (UnitStatus.QUALIFIED, UnitStatus.LOST),
}


@dataclass(frozen=True, slots=True)
class _Plan:
    name: str
    english_name: str
    channel: Channel
    tier: Tier
    status: UnitStatus


def play_units(story: Story) -> None:
    """Open the units one after the other, teach KAM what the first surveys brought, move them along."""
    owners = [story.users[f"specialist{n}"] for n in range(1, 9)]
    industries = list(Industry.objects.order_by("code"))
    count = story.scaled(small=12, department=60, enterprise=600)
    for place, plan in enumerate(_plans(story, count)):
        owner = None if place % 15 == 14 else owners[place % len(owners)]
        _play_unit(story, place, plan, owner, industries)


def _plans(story: Story, count: int) -> list[_Plan]:
    plans = [_Plan(*row) for row in _FIRST]
    tiers = (Tier.B, Tier.C, Tier.C, Tier.D)
    statuses = (
        *(UnitStatus.PROSPECT, UnitStatus.PROSPECT, UnitStatus.QUALIFIED),
        *(UnitStatus.DEVELOPING, UnitStatus.COOPERATING),
    )
    number = 0
    while len(plans) < count:
        round_, rest = divmod(number, len(_PLACES) * len(_KINDS))
        place, (kind, channel) = _PLACES[rest % len(_PLACES)], _KINDS[rest % len(_KINDS)]
        suffix = "" if round_ == 0 else f"第{round_ + 1}"
        name = f"{place}{suffix}{kind}" if rest < 60 else f"{place}新区{suffix}{kind}"
        if all(plan.name != name for plan in plans[-130:]):
            plans.append(_Plan(name, "", channel, story.random.choice(tiers), story.random.choice(statuses)))
        number += 1
    return plans[:count]


def _short(name: str) -> str:
    """What a unit is called in the office: the city says nothing, four characters say enough."""
    bare = name.removeprefix("株洲市")
    if bare != name:
        return bare
    return name[:4] if len(name) > 5 else ""


def _play_unit(
    story: Story, place: int, plan: _Plan, owner: User | None, industries: list[Industry]
) -> KeyAccount:
    dice = story.random
    opened = story.day(-dice.randint(200, 330))
    by = owner or story.users["clerk"]
    values: dict[str, Any] = {
        "name": plan.name,
        "english_name": plan.english_name,
        "short_name": _short(plan.name),
        "channel": plan.channel,
        "industry": industries[place % len(industries)] if industries else None,
        "area": _PLACES[place % 5],
        "expansion_round": 1 + place // 20 % 4,
        "address": f"{_PLACES[place % 5]}区建设路 {10 + place} 号",
        "phone": f"0731-28{200000 + place * 137:06d}",
        "source": dice.choice(list(UnitSource)),
        "unit_class": dice.choice(
            [UnitClass.IMPORTANT, UnitClass.GROUP, UnitClass.ECONOMIC, UnitClass.STRATEGIC]
        ),
        "current_status": "已摸底，正在深入接触" if plan.status != UnitStatus.PROSPECT else "刚列入名单",
        "next_step": _STEPS[place % len(_STEPS)] if place % 7 else "",
        "next_step_due_on": story.day(-3 if place % 9 == 5 else dice.randint(0, 14)) if place % 7 else None,
    }
    with story.at(opened, 9, place % 60):
        unit = create_unit(values, by=by, owner=owner, on=opened)
        observe(unit, _first_facts(story, plan), learned_on=opened, by=by)
    if plan.tier != Tier.D:
        with story.at(story.day(-dice.randint(150, 190)), 16, place % 60):
            change_tier(unit, to=plan.tier, by=_manager(story, unit), reason="按购买力与潜力评定")
    _move_along(story, unit, plan, by)
    if plan.status != UnitStatus.PROSPECT:
        learned = story.day(-dice.randint(20, 60))
        with story.at(learned, 17, place % 60):
            observe(unit, _later_facts(story), learned_on=learned, by=by)
    return unit


def _manager(story: Story, unit: KeyAccount) -> User:
    return unit.team.manager if unit.team and unit.team.manager else story.users["director"]


def _first_facts(story: Story, plan: _Plan) -> dict[str, Any]:
    dice = story.random
    return {
        Field.HEADCOUNT: 312
        if plan.name == _FIRST[0][0]
        else dice.randint(*_SIZES.get(plan.channel, (40, 900))),
        Field.MAIN_BUSINESS: dice.choice(_BUSINESS),
        Field.SELF_BUILT_HOUSING: dice.choice(("none", "none", "planned", "building")),
        Field.FOOT_TRAFFIC: dice.choice(("食堂门口", "东门公交站", "一楼大厅")),
        Field.LARGEST_DEAL: "120000" if plan.status != UnitStatus.PROSPECT else "30000",
    }


def _later_facts(story: Story) -> dict[str, Any]:
    dice = story.random
    low = dice.choice((90, 100, 110, 120))
    price = dice.choice((3000, 3200, 3400))
    return {
        Field.INCOME: f"{dice.randint(42, 110)}000",
        Field.PURCHASE_INTENTION: dice.randint(2, 4),
        Field.ACCEPTED_AREA: f"{low}-{low + 30}",
        Field.ACCEPTED_PRICE: f"{price}-{price + 300}",
        Field.ACTIVITIES: dice.choice(("7 月年会，石峰酒店", "春节联欢", "五一运动会")),
        Field.GIFT_TIMES: dice.choice(("中秋、春节", "端午、中秋", "春节")),
        Field.PROMOTION_WAY: dice.choice(("产品说明会", "食堂摆资料架", "内部网站公告")),
    }


def _move_along(story: Story, unit: KeyAccount, plan: _Plan, by: User) -> None:
    """Walk the statuses, a month apart; reasons where they are needed."""
    reasons = {UnitStatus.DORMANT: "领导班子调整，暂停接触", UnitStatus.LOST: "已与湘江世纪城签约"}
    unit.refresh_from_db()
    for step, status in enumerate(_PATHS[plan.status]):
        day: date = story.day(-140 + 35 * step)
        with story.at(day, 15, unit.pk % 60):
            change_status(unit, to=status, by=by, on=day, reason=reasons.get(status, ""))
