"""The demo's supplies: four things in stock, an account with entries, a team's account, one that waits."""

from decimal import Decimal

from campaigns.materials.models import Material
from campaigns.materials.services import add_material, move
from campaigns.materials.terms import MoveKind
from campaigns.supplies import services
from campaigns.supplies.services import Wanted
from campaigns.supplies.terms import EntryKind
from kam.approvals.selectors import request_for
from kam.demo.routes import approve_all
from kam.demo.story import Story
from kam.users.scopes import team_of

#: Name, measure, to be kept, price, how many came.
_STOCK = (
    ("笔记本", "本", 20, "6.50", 60),
    ("中性笔", "支", 50, "1.80", 120),
    ("宣传手提袋", "个", 100, "3.20", 80),
    ("名片盒", "个", 10, "12.00", 24),
)
#: Days ago, kind, what, how many, what for.
_ENTRIES = (
    (30, EntryKind.DRAWN, 0, 4, "拜访记录"),
    (30, EntryKind.DRAWN, 1, 10, ""),
    (12, EntryKind.USED, 1, 6, "签约会使用"),
    (12, EntryKind.USED, 0, 1, ""),
    (5, EntryKind.RETURNED, 0, 1, "未使用"),
)


def play_supplies(story: Story) -> None:
    """The clerk's stock, then the accounts as far as they go."""
    clerk, person, lead = (story.users.get(name) for name in ("clerk", "specialist1", "specialist5"))
    other = story.users.get("specialist3")
    if clerk is None or person is None or lead is None or other is None:
        return
    with story.at(story.day(-45), 9):
        rows: list[Material] = []
        for name, measure, quantity, price, came in _STOCK:
            told = {"name": name, "measure": measure, "quantity": quantity, "price_amount": Decimal(price)}
            row = add_material(None, told, by=clerk)
            move(row, MoveKind.RECEIPT, came, on=story.day(-45), text="晨光文具送货", by=clerk)
            rows.append(row)
    with story.at(story.day(-40), 9):
        own = services.ask_account("日常办公与拜访用品", by=person)
        team = services.ask_account("组内共用宣传品", by=lead, team=team_of(lead))
    for account in (own, team):
        approve_all(story, request_for(services.SUBJECT, account), story.day(-40), 10)
    for ago, kind, index, quantity, text in _ENTRIES:
        with story.at(story.day(-ago), 14):
            services.enter(own, kind, Wanted(rows[index], quantity, text), by=clerk)
    with story.at(story.day(-9), 14):
        services.enter(team, EntryKind.DRAWN, Wanted(rows[2], 30, "商会年会"), by=clerk)
    with story.at(story.day(-1), 9):
        services.ask_account("新入职领用", by=other)
