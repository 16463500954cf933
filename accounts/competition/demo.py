"""The demo's competition: who supplies what at some units, one contract that ends soon."""

from datetime import timedelta
from decimal import Decimal

from accounts.competition.models import ProductLine
from accounts.competition.rules import Position
from accounts.competition.services import learn_position
from accounts.competition.terms import Supply
from accounts.units.models import KeyAccount
from kam.demo.story import Story

_RIVALS = ("湘江世纪城", "天元花园", "美的城")
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
                learn_position(unit, line, position, by=unit.owner, seen=None, learned_on=story.day(-30))


def _position(story: Story, unit: KeyAccount, turn: int) -> Position:
    value = Decimal(200_000 + 50_000 * (turn % 7))
    if unit.name == _ENDS_SOON or turn % 4 == 1:
        days = 49 if unit.name == _ENDS_SOON else 200 + 10 * (turn % 9)
        rival = _RIVALS[turn % len(_RIVALS)]
        return Position(Supply.COMPETITOR, rival, Decimal(80), story.today + timedelta(days=days), value)
    if turn % 4 == 0:
        return Position(Supply.OURS, "", Decimal(35), None, value)
    return Position(Supply.NOBODY, value_amount=value) if turn % 4 == 2 else Position(Supply.NOT_APPLICABLE)
