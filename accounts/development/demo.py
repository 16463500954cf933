"""The demo's development: units walk as far as their facts carry them, one is sent back, some are moved by their manager's word."""

from datetime import date

from accounts.competition.models import ProductLine, ProductPosition
from accounts.competition.rules import Position
from accounts.competition.services import learn_position
from accounts.competition.terms import Supply
from accounts.development.models import Swot
from accounts.development.rules.phases import next_phase
from accounts.development.selectors.facts import last_numbers
from accounts.development.services import ConditionsMissingError, keep_steps, move_phase, write_swot
from accounts.needs.models import Need
from accounts.needs.services import add_need, move_need
from accounts.needs.terms import NeedKind, NeedState
from accounts.units.models import KeyAccount
from accounts.units.services import observe
from accounts.units.terms import Field, Phase, UnitStatus
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
