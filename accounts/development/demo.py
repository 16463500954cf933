"""The demo's development: units walk as far as their facts carry them, one is sent back, some are moved by their manager's word."""

from datetime import date, timedelta
from decimal import Decimal

from accounts.competition.models import ProductLine, ProductPosition
from accounts.competition.rules import Position
from accounts.competition.services import learn_position
from accounts.competition.terms import Supply
from accounts.development.models import AccountPlan, Swot
from accounts.development.rules.phases import next_phase
from accounts.development.rules.plans import Action, Goal
from accounts.development.selectors.facts import last_numbers
from accounts.development.services import ConditionsMissingError, keep_steps, move_phase, write_swot
from accounts.development.services_plan import SUBJECT, begin_plan, review_plan, submit_plan, write_plan
from accounts.needs.models import Need
from accounts.needs.services import add_need, move_need
from accounts.needs.terms import NeedKind, NeedState
from accounts.units.models import KeyAccount
from accounts.units.services import observe
from accounts.units.terms import Field, Phase, Tier, UnitStatus
from kam.approvals import services as approvals
from kam.approvals.selectors import request_for
from kam.demo.story import Story
from kam.users.models import User

#: How far a unit of this status has come.
_AIMS = {
    UnitStatus.QUALIFIED: Phase.FIELD,
    UnitStatus.DEVELOPING: Phase.SUBSTANCE,
    UnitStatus.COOPERATING: Phase.FIRST,
    UnitStatus.STABLE: Phase.STABLE,
    UnitStatus.DORMANT: Phase.DEEP,
}
#: So many days ago a unit entered the phase, give or take.
_AGO = {Phase.FIELD: 62, Phase.DEEP: 27, Phase.SUBSTANCE: 18, Phase.FIRST: 11, Phase.STABLE: 4}
_STRATEGIES = (
    "先办一次产品说明会，九套成团后推进团购合同",
    "从老乡会入手，让会长带头认购",
    "以食堂礼盒试单开局，年底谈住房团购",
)
_WISHES = ("想集中买在同一栋楼", "希望付款分三次，跟年终奖走", "担心交房晚于孩子入学")
_SIGNED_BEFORE = "系统上线前已有合作，资料逐步补录"
_SENT_BACK = "建设银行芦淞支行"


def play_development(story: Story) -> None:
    """Move every unit towards the phase of its status; what is missing keeps it where it is, or the manager overrides."""
    units = KeyAccount.objects.filter(owner__isnull=False).exclude(status=UnitStatus.LOST)
    for place, unit in enumerate(units.select_related("owner", "team__manager").order_by("pk")):
        aim = _AIMS.get(UnitStatus(unit.status), Phase.GOAL)
        while (target := next_phase(Phase(unit.phase))) <= aim and unit.phase != aim:
            if not _try(story, unit, target, place):
                break
            unit.refresh_from_db()
    _send_back(story)
    _play_plans(story)
    keep_steps(KeyAccount.objects.values_list("pk", flat=True), story.today)


def _try(story: Story, unit: KeyAccount, target: Phase, place: int) -> bool:
    day = story.day(-max(_AGO[target] - place % 9 + 4, 1))
    with story.at(day, 11, place % 60):
        _prepare(unit, target, place, day)
        by, seen = unit.owner, last_numbers([unit.pk]).get(unit.pk, 0)
        try:
            move_phase(unit, to=target, by=by, seen=seen)
        except ConditionsMissingError:
            manager = unit.team.manager if unit.team else None
            is_old = unit.status in {UnitStatus.COOPERATING, UnitStatus.STABLE}
            if manager is None or (place % 5 and not is_old):
                return False
            reason = _SIGNED_BEFORE if is_old else "会长已当面表态，缺的材料月底前补齐"
            move_phase(unit, to=target, by=manager, seen=seen, reason=reason, is_override=True)
    return True


def _prepare(unit: KeyAccount, target: Phase, place: int, day: date) -> None:
    """Write what people write on the way: the direction, the SWOT, a need that was talked through."""
    by = unit.owner
    if target is Phase.FIELD:
        observe(unit, {Field.STRATEGY: _STRATEGIES[place % 3]}, learned_on=day, by=by)
    if target is Phase.DEEP and place % 4 != 1:
        _look_for_rival(unit, by, day)
        _swot(unit, by)
    if target is Phase.SUBSTANCE and place % 3 != 1:
        _need(unit, place, by, day, NeedState.CLARIFIED)
    if target is Phase.FIRST:
        _need(unit, place, by, day, NeedState.PROPOSED)


def _look_for_rival(unit: KeyAccount, by: User | None, day: date) -> None:
    line = ProductLine.objects.in_force().first()
    if line is not None and not ProductPosition.objects.filter(unit=unit).exists():
        learn_position(unit, line, Position(Supply.NOBODY), by=by, seen=None, learned_on=day)


def _swot(unit: KeyAccount, by: User | None) -> None:
    rivals = ProductPosition.objects.filter(unit=unit, competitor__isnull=False).select_related("competitor")
    names = sorted({row.competitor.name for row in rivals if row.competitor})
    threats = [f"{name} 已供货" for name in names] or ["年内有新楼盘入市"]
    lists = {
        "strengths": ["户型与交通便利", "与办公室关系好"],
        "weaknesses": ["没见过财务负责人"],
        "opportunities": ["年会可作产品说明会"],
        "threats": threats,
    }
    if not Swot.objects.filter(unit=unit).exists():
        write_swot(unit, lists, by=by, revision=0)


def _need(unit: KeyAccount, place: int, by: User | None, day: date, state: NeedState) -> None:
    need = Need.objects.filter(unit=unit, state=NeedState.CLARIFIED).first()
    if need is None:
        need = add_need(unit, _WISHES[place % 3], kind=NeedKind.IMPLICIT, by=by, on=day)
        need = move_need(need, NeedState.CLARIFIED, by=by, text="与办公室逐条谈过", on=day)
    if state is NeedState.PROPOSED and place % 2 == 0:
        move_need(need, NeedState.PROPOSED, by=by, text="分三批付款、同栋预留十二套的方案", on=day)


def _send_back(story: Story) -> None:
    """One unit went too fast: its superior retired, contact begins anew."""
    unit = KeyAccount.objects.filter(name=_SENT_BACK).select_related("owner").first()
    if unit is not None and unit.phase > Phase.FIELD:
        with story.at(story.day(-1), 16):
            seen = last_numbers([unit.pk])[unit.pk]
            move_phase(unit, to=Phase.FIELD, by=unit.owner, seen=seen, reason="行长退休，新行长未接触")


def _play_plans(story: Story) -> None:
    """A units have plans: most are in force, one is stale, one waits for the manager, one is still being written."""
    units = KeyAccount.objects.filter(tier=Tier.A, owner__isnull=False, team__manager__isnull=False)
    rows = units.exclude(status=UnitStatus.LOST).select_related("owner", "team__manager").order_by("pk")
    for place, unit in enumerate(rows[:5]):
        by = unit.owner
        if by is None:
            continue
        begun = story.day(-120 if place == 1 else -40 - place)
        with story.at(begun, 10, place):
            plan = _write(story, begin_plan(unit, by=by), by, place)
        if place == 3:
            continue
        with story.at(begun, 15, place):
            submit_plan(plan, by=by, version=plan.version)
        if place != 2:
            _decide(story, plan, unit, begun)
        if place == 0:
            with story.at(story.day(-9), 16):
                plan.refresh_from_db()
                review_plan(
                    plan,
                    conclusion="会长已见两次，户型意向清楚；财务负责人仍未接触",
                    by=by,
                    next_on=story.day(21),
                )


def _write(story: Story, plan: AccountPlan, by: User, place: int) -> AccountPlan:
    goals = [
        Goal("每月至少见三次，三个角色都见到", story.day(60), "visits", Decimal(6 + place)),
        Goal("角色覆盖到八十分", story.day(45), "coverage", Decimal(80)),
        Goal("年会上作一次产品说明", story.day(75)),
    ]
    actions = [
        Action("拜访财务负责人，问清付款节点", by, story.day(7 + place)),
        Action("请会长约理事会成员看样板间", by, story.day(20 + place)),
    ]
    return write_plan(
        plan,
        vision="两年内成为本单位团购住房的首选，逢年节礼盒也由我们供",
        review_days=60,
        goals=goals,
        actions=actions,
        by=by,
        version=plan.version,
    )


def _decide(story: Story, plan: AccountPlan, unit: KeyAccount, begun: date) -> None:
    """The manager the next morning, the director after noon."""
    manager = unit.team.manager if unit.team else None
    for hour, decider in ((9, manager), (14, story.users["director"])):
        request = request_for(SUBJECT, plan)
        if request is not None and decider is not None:
            with story.at(begun + timedelta(days=1), hour):
                approvals.approve(request, by=decider, version=request.version)
