"""The demo's competition: who supplies what at some units, one contract that ends soon."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from accounts.competition.models import ProductLine, ProductPosition
from accounts.competition.rules import Position
from accounts.competition.services import learn_position
from accounts.competition.terms import Supply
from accounts.units.models import KeyAccount
from kam.demo.story import Story

_RIVALS = ("湘江世纪城", "天元花园", "美的城")
_OFFERS = {
    "湘江世纪城": {
        "product": "临江高层",
        "price": "每平米 3,480 元，团购九六折",
        "strengths": "江景，名气大",
        "weaknesses": "交房晚一年，车位不足",
        "contacts": "渠道部周经理，与办公室主任同乡",
    },
    "天元花园": {
        "product": "多层现房、节日礼盒",
        "price": "每平米 3,150 元",
        "strengths": "现房，价格低",
        "weaknesses": "物业口碑差，户型旧",
        "contacts": "销售员小唐，每月来一次",
    },
}
#: At this unit the rival's contract ends in seven weeks.
_ENDS_SOON = "株洲冶炼厂"


def play_competition(story: Story) -> None:
    """Every third unit has a chart; its lines are ours, a rival's, nobody's, or do not apply, in turn."""
    lines = list(ProductLine.objects.in_force())
    units = KeyAccount.objects.filter(owner__isnull=False).select_related("owner").order_by("pk")
    for place, unit in enumerate(units):
        if place % 3 and unit.name != _ENDS_SOON:
            continue
        for number, line in enumerate(lines):
            with story.at(story.day(-30), 16, number):
                position = _position(story, unit, place + number)
                texts = _OFFERS.get(position.competitor)
                learn_position(
                    unit, line, position, by=unit.owner, seen=None, learned_on=story.day(-30), texts=texts
                )
    _turn(story, Supply.COMPETITOR, Position(Supply.OURS, "", Decimal(60)), -12)
    _turn(story, Supply.OURS, Position(Supply.COMPETITOR, _RIVALS[1], Decimal(70)), -8)


def _turn(story: Story, before: str, after: Position, offset: int) -> None:
    """Since then one line has changed hands."""
    rows = ProductPosition.objects.filter(supply=before, learned_on__lte=story.day(-30))
    rows = rows.exclude(unit__name=_ENDS_SOON)
    row = rows.select_related("unit__owner", "line").order_by("-pk").first()
    if row is not None:
        after = replace(after, value_amount=row.value_amount)
        with story.at(story.day(offset), 17):
            learn_position(row.unit, row.line, after, by=row.unit.owner, seen=row.pk)


def _position(story: Story, unit: KeyAccount, turn: int) -> Position:
    value = Decimal(200_000 + 50_000 * (turn % 7))
    if unit.name == _ENDS_SOON or turn % 4 == 1:
        days = 49 if unit.name == _ENDS_SOON else 200 + 10 * (turn % 9)
        rival = _RIVALS[turn % len(_RIVALS)]
        return Position(Supply.COMPETITOR, rival, Decimal(80), story.today + timedelta(days=days), value)
    if turn % 4 == 0:
        return Position(Supply.OURS, "", Decimal(35), None, value)
    return Position(Supply.NOBODY, value_amount=value) if turn % 4 == 2 else Position(Supply.NOT_APPLICABLE)
