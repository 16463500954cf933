"""The demo's relationships: every insider and candidate is cultivated by plan, some relationships are strengthened, one goal is reached."""

from datetime import timedelta
from decimal import Decimal

from accounts.persons.models import Person
from accounts.persons.terms import Insider
from accounts.relationships.services import (
    Aim,
    InsiderTold,
    Reviewed,
    add_action,
    cultivate,
    finish_action,
    open_sheet,
    review_sheet,
)
from accounts.relationships.terms import EasyTask, Outcome, Strength
from kam.demo.story import Story

_LEARN = ("理事会何时开会、由谁提议", "今年的采购预算什么时候定", "谁在背后支持竞争对手")
_HOW = ("每周微信问候，周末约茶", "帮他解决孩子上学的信息", "邀请参加样板房开放日")


def play_relationships(story: Story) -> None:
    """Plans for insiders seven weeks ago; of every third person a sheet six weeks ago, with a step done and a review."""
    rows = Person.objects.exclude(insider=Insider.NONE).filter(left_on=None, unit__owner__isnull=False)
    people = list(rows.select_related("unit__owner").order_by("pk"))
    for place, person in enumerate(people):
        told = InsiderTold(
            Insider(person.insider),
            person.insider_learn or _LEARN[place % 3],
            person.insider_cultivate or _HOW[place % 3],
            (EasyTask.NEWS, EasyTask.INTRODUCE) if place % 2 else (EasyTask.DATES,),
            4 if person.insider == Insider.INSIDER else 2,
        )
        with story.at(story.day(-49), 17, place % 60):
            cultivate(person, told, by=person.unit.owner)
        if place % 3 == 0:
            _strengthen(story, person, reached=place == 0)


def _strengthen(story: Story, person: Person, *, reached: bool) -> None:
    owner = person.unit.owner
    if owner is None:
        return
    with story.at(story.day(-42), 16):
        aim = Aim(Strength.ACQUAINTED, Strength.TRUSTING, "愿意把内部会议的结果告诉我们", story.day(-14))
        sheet = open_sheet(person, aim, by=owner)
        first = add_action(
            sheet, "周末一起喝茶，聊聊家人", due_on=story.day(-30), by=owner, cost=Decimal(120)
        )
        add_action(sheet, "请他看样板房并听取意见", due_on=story.today + timedelta(days=5), by=owner)
    with story.at(story.day(-31), 18):
        finish_action(first, "谈得很好，主动提到了理事会的想法", by=owner)
    with story.at(story.day(-14), 16):
        if reached:
            told = Reviewed(Strength.TRUSTING, "会后主动来电告知结果", outcome=Outcome.REACHED)
        else:
            told = Reviewed(
                Strength.ACQUAINTED, "态度友好，但还没有透露内部信息", story.today + timedelta(days=9)
            )
        review_sheet(sheet, told, by=owner)
