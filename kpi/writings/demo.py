"""The demo's writings: market reports of last month – one late, one still a draft –, a summary, the strategy of the year."""

from datetime import timedelta

from kam.core.periods import month_of
from kam.demo.story import Story
from kam.users.models import User
from kam.users.terms import Position
from kpi.measures.rules import year_of
from kpi.writings import services
from kpi.writings.models import Writing
from kpi.writings.terms import Kind

_TEXTS = {
    "month": "本月重点回访了老客户，两家单位进入方案阶段。",
    "forecast": "下月预计签约一到两套，重点跟进商会与学校渠道。",
    "problems": "竞品降价，部分客户观望；新开发单位偏少。",
    "solutions": "准备对比资料，由主管陪同拜访决策人；每周新增两个目标单位。",
    "cases": "某商会由使用部门推荐，三次拜访后确定团购意向。",
    "lessons": "先见技术把关者，再见决策人，效率更高。",
    "next": "完成季度目标，整理客户档案。",
    "done": "完成回访计划，电话量达标。",
}
_STRATEGY = {
    "positioning": "以企业、学校、商会的集团购买为主，做本地最可信赖的大客户服务商。",
    "external": "需求平稳回升；竞品以价格竞争为主，服务跟进不足。",
    "internal": "团队熟悉本地渠道；方案与售后配合仍需加强。",
    "targets": "销售额、份额、客户满意度同步提高。",
    "market_team": "两个小组按行业分工，每人负责两个行业。",
    "sales": "按七步流程推进，逐客户分解到月、周、日。",
    "control": "每日晨会夕会、每周计划、每月考核。",
    "relationship": "分角色维护：决策人、技术把关者、使用者各有服务计划。",
    "who": "年采购额高、影响力大、合作稳定的单位。",
    "wants": "可靠的质量、合理的价格、有人负责的服务。",
    "managed": "专人负责，分级服务，定期评价。",
    "long_run": "签订长期合作协议，共同制定年度计划。",
    "benefits": "客户获得稳定供应与优惠，我们获得稳定订单与口碑。",
}


def play_writings(story: Story) -> None:
    """Write what a department has on file."""
    last = month_of(story.today.replace(day=1) - timedelta(days=1))
    sellers = [
        one for one in story.users.values() if one.position in {Position.SPECIALIST, Position.TEAM_LEAD}
    ]
    for place, user in enumerate(sorted(sellers, key=lambda one: one.pk)):
        day = last.last + timedelta(days=7 if place == 1 else 1 + place % 4)
        if day > story.today:
            continue
        with story.at(day, 16, place % 60):
            writing = services.begin(Kind.MARKET, last, by=user)
            if place:
                _finish(writing, _TEXTS, by=user)
        if place > 1:
            with story.at(day, 17, place % 60):
                services.mark_read(
                    writing, remark="继续跟进。" if place == 2 else "", by=story.users["director"]
                )
    director = story.users["director"]
    with story.at(last.first, 10):
        _finish(services.begin(Kind.STRATEGY, year_of(last.first), by=director), _STRATEGY, by=director)


def _finish(writing: Writing, told: dict[str, str], *, by: User) -> None:
    """Add to what the figures say, and hand in."""
    texts = {key: "\n".join(filter(None, (text, told.get(key, "")))) for key, _label, text in writing.parts}
    row = services.write(writing, texts, version=writing.version, by=by)
    services.hand_in(row, version=row.version, by=by)
