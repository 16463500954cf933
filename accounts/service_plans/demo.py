"""The demo's service plans: every second unit is served by plan for two months; one plan is neglected, one was stopped, most are reviewed."""

from dataclasses import replace

from accounts.service_plans.models import ServicePlan, ServicePlanReview
from accounts.service_plans.selectors import draft_of, plans_of, seen_of
from accounts.service_plans.services import conclude_review, propose_plans, write_plans
from accounts.service_plans.terms import Every, Mode
from accounts.units.models import KeyAccount
from kam.demo.story import Story

_MAIN = "泉州商会"
_CONCLUSIONS = (
    "按计划拜访到位，决策者态度转暖；使用者电话改为当面沟通。",
    "技术把关者仍有疑问，下月增加一次样板房参观。",
    "财务把关者的预算节点已摸清，频率保持不变。",
)


def play_service_plans(story: Story) -> None:
    """Begin the plans nine weeks ago as proposed; a month later review them, and revise one after its review."""
    units = list(KeyAccount.objects.filter(owner__isnull=False).select_related("owner").order_by("pk"))
    served = [unit for place, unit in enumerate(units) if place % 2 == 0 or unit.name == _MAIN]
    for place, unit in enumerate(served):
        with story.at(story.day(-63), 16, place % 60):
            drafts = propose_plans(unit, story.day(-63))
            if drafts:
                write_plans(unit, drafts, by=unit.owner, seen=0)
    for place, unit in enumerate(served):
        if place % 3 != 1 and ServicePlan.objects.filter(unit=unit).exists():
            with story.at(story.day(-25), 17, place % 60):
                conclude_review(unit, _CONCLUSIONS[place % len(_CONCLUSIONS)], by=unit.owner)
    _revise(story, KeyAccount.objects.select_related("owner").get(name=_MAIN))


def _revise(story: Story, unit: KeyAccount) -> None:
    """The user is visited instead of called, every two weeks; said in the review."""
    day = story.day(-24)
    with story.at(day, 9, 30):
        plans = [one for one in plans_of(unit, today=day) if one.plan.seat == "user" and one.current]
        drafts = [
            replace(
                draft,
                mode=Mode.VISIT,
                frequency=replace(draft.frequency, every=Every.WEEKS, number=2, weekdays=(3,)),
            )
            for one in plans
            if one.current
            for draft in [draft_of(one.current, one.plan)]
        ]
        if drafts:
            review = ServicePlanReview.objects.filter(unit=unit).first()
            write_plans(
                unit,
                drafts,
                by=unit.owner,
                seen=seen_of(unit),
                reason="电话沟通效果不明显，改为当面拜访",
                review=review,
            )
