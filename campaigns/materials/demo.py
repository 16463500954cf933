"""The demo's materials: the bills of the source; this season's copied, most in place, one late, one overdue, leaflets issued."""

from decimal import Decimal

from campaigns.campaigns.demo import BEGAN, CODE
from campaigns.campaigns.models import Campaign
from campaigns.materials import supplements
from campaigns.materials.loading import copy_materials, load_materials
from campaigns.materials.services import move, put_in_place
from campaigns.materials.terms import MoveKind
from kam.approvals.selectors import request_for
from kam.demo.routes import approve_all
from kam.demo.story import Story


def play_materials(story: Story) -> None:
    """The clerk receives all but the bags; leaflets go out twice and are counted."""
    clerk = story.users["clerk"]
    with story.at(story.day(-170), 9):
        load_materials()
    season = Campaign.objects.get(code=CODE)
    with story.at(story.day(BEGAN - 15), 9):
        rows = copy_materials(Campaign.objects.get(code="housing-2008"), season)
    for row in rows:
        if row.name == "项目手提袋":
            continue
        day = story.day(BEGAN + (9 if row.name == "贵重礼品" else 0))
        with story.at(day, 10):
            put_in_place(row, on=day, by=clerk, version=row.version)
            move(row, MoveKind.RECEIPT, row.quantity, on=day, text="到货验收", by=clerk)
    for offset, kind, quantity, text in (
        (20, MoveKind.ISSUE, 1200, "巡展第一周"),
        (27, MoveKind.ISSUE, 800, "泉州商会说明会"),
        (28, MoveKind.RETURN, 150, "说明会余量"),
        (40, MoveKind.COUNT, 3140, "月度盘点"),
    ):
        with story.at(story.day(BEGAN + offset), 16):
            move(rows[0], kind, quantity, on=story.day(BEGAN + offset), text=text, by=clerk)
    _by_report(story, season)


def _by_report(story: Story, season: Campaign) -> None:
    """More leaflets for a second tour, approved; roll-up stands that still wait."""
    who = story.users.get("specialist2")
    if who is None:
        return
    for ago, name, quantity, price, reason in (
        (9, "项目折页", 1500, "1.20", "第二轮巡展，折页余量不足"),
        (2, "易拉宝", 4, "160.00", "说明会现场指引"),
    ):
        told = dict.fromkeys(supplements.FIELDS) | {"name": name, "quantity": quantity, "measure": "份"}
        told |= {"price_amount": Decimal(price), "department": "尚格", "reason": reason}
        told |= {"due_on": story.day(10)}
        with story.at(story.day(-ago), 10):
            row = supplements.ask_supplement(season, told, by=who)
        if ago > 5:
            approve_all(story, request_for(supplements.SUBJECT, row), story.day(-ago), 10)
