"""The demo's dangers: what happened at a few units in the last days, the flags computed from all, and two that somebody accepted."""

from accounts.persons.changes import ask_key_person_change
from accounts.persons.models import KeyPersonPeriod, Person
from accounts.persons.services import edit_person, mark_left
from accounts.red_flags.models import RedFlag
from accounts.red_flags.services import acknowledge, mark_all_dirty, recompute_dirty
from accounts.red_flags.terms import FlagKind
from accounts.units.models import KeyAccount
from accounts.units.services import observe
from accounts.units.terms import Field
from kam.demo.story import Story

_ACCEPTED = (
    (FlagKind.NO_INSIDER, "单位只有三个人管采购，都直接跟我们谈，暂不发展内线。"),
    (FlagKind.SINGLE_THREAD, "对方指定由办公室统一对接，下月年会再认识其他人。"),
)
_REASON = "原关键人物下月退休，由他接手团购。"


def play_turns(story: Story) -> None:
    """The last days: somebody leaves, somebody gets another post, a budget is cut, another key person is asked for."""
    units = {
        unit.name: unit for unit in KeyAccount.objects.filter(owner__isnull=False).select_related("owner")
    }
    _leave(story, units["株洲冶炼厂"])
    _other_post(story, units["株洲市第二中学"])
    _budget_cut(story, units["建设银行芦淞支行"])
    _another_key_person(story, [unit for unit in units.values() if unit.name != "泉州商会"])


def _leave(story: Story, unit: KeyAccount) -> None:
    """The head of the engineering department goes, and the seat is empty."""
    person = _at(unit, "工程部经理") or _at(unit, "财务负责人")
    if person is not None:
        with story.at(story.day(-4), 15):
            mark_left(person, by=unit.owner, on=story.day(-4), reason="调往长沙分公司")


def _other_post(story: Story, unit: KeyAccount) -> None:
    person = _at(unit, "工会主席") or _at(unit, "办公室主任")
    if person is not None:
        with story.at(story.day(-3), 10):
            edit_person(person, {"post": "副校长"}, by=unit.owner)


def _budget_cut(story: Story, unit: KeyAccount) -> None:
    """Purchasing power changes at one unit only, and that is news."""
    known = unit.observations.filter(field=Field.PURCHASING_POWER).current().first()
    power = 2 if known is None or known.value != 2 else 4
    with story.at(story.day(-1), 16):
        observe(unit, {Field.PURCHASING_POWER: power}, learned_on=story.day(-1), by=unit.owner)


def _another_key_person(story: Story, units: list[KeyAccount]) -> None:
    """One request waits at a manager of each group."""
    asked: set[int | None] = set()
    for period in (
        KeyPersonPeriod.objects.filter(unit__in=units, ended_on__isnull=True)
        .select_related("unit__owner")
        .order_by("unit_id")
    ):
        unit = period.unit
        others = Person.objects.present().filter(unit=unit).exclude(pk=period.person_id)
        other = others.order_by("-influence", "pk").first()
        if unit.team_id in asked or unit.owner is None or other is None:
            continue
        asked.add(unit.team_id)
        with story.at(story.day(-2), 11):
            ask_key_person_change(other, by=unit.owner, reason=_REASON)


def _at(unit: KeyAccount, post: str) -> Person | None:
    return Person.objects.present().filter(unit=unit, post=post).order_by("pk").first()


def play_red_flags(story: Story) -> None:
    """Compute every unit's flags as of today, then accept one of each kind above."""
    with story.at(story.today, 8, 0):
        mark_all_dirty()
        recompute_dirty(seconds=600)
        for kind, comment in _ACCEPTED:
            flag = (
                RedFlag.objects.open()
                .filter(kind=kind, unit__owner__isnull=False)
                .exclude(unit__name="芦淞大市场")
                .select_related("unit__owner")
                .order_by("since_on", "id")
                .first()
            )
            if flag is not None and flag.unit.owner is not None:
                acknowledge(flag, by=flag.unit.owner, comment=comment, version=flag.version)
