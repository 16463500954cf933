"""The demo's purchases: one paid for less than was held, one to be bought, one that waits with a dearer offer."""

from decimal import Decimal
from typing import Any

from campaigns.budgets.models import BudgetLine
from campaigns.budgets.terms import BudgetState
from campaigns.purchases import services
from kam.approvals.selectors import request_for
from kam.demo.routes import approve_all
from kam.demo.story import Story

#: Who, days ago, what, why, plan, offers (supplier, amount), which, why it, how far it goes.
_STORIES: tuple[tuple[Any, ...], ...] = (
    ("specialist1", 25, "投影幕布与支架", "说明会现场无幕布", "一套，十二场说明会使用", (("晨光文具", 680), ("天虹办公", 720)), 0, "", "paid"),
    ("specialist5", 7, "展架二十个", "商会年会展示", "二十个易拉宝展架，年会后留用", (("快印坊", 1560), ("海西广告", 1720)), 0, "", "approved"),
    ("specialist2", 1, "礼品包装材料", "中秋礼盒分装", "包装盒三百个", (("鹏达包装", 1180), ("古城纸品", 1050)), 0, "两天内到货", "pending"),
)  # fmt: skip


def play_purchases(story: Story) -> None:
    """Each purchase as far as it goes."""
    line = BudgetLine.objects.filter(
        budget__state=BudgetState.APPROVED, budget__campaign=None, name="不可预计费用"
    ).first()
    if line is None:
        return
    for who, days, title, reason, plan, offers, choice, why, end in _STORIES:
        person = story.users.get(who)
        if person is None:
            continue
        told = {"title": title, "reason": reason, "plan": plan, "is_urgent": False, "line": line}
        with story.at(story.day(-days), 9):
            purchase = services.begin_purchase(told | {"needed_on": None}, by=person)
            rows = [_offer(purchase, supplier, amount, person) for supplier, amount in offers]
            services.choose_offer(rows[choice], why, by=person)
            services.submit_purchase(purchase, by=person)
        if end != "pending":
            approve_all(story, request_for(services.SUBJECT, purchase), story.day(-days), 10)
        if end == "paid":
            with story.at(story.day(3 - days), 15):
                services.receive_goods(purchase, "一套，完好", by=story.users["clerk"])
                services.pay_purchase(
                    purchase, Decimal(650), document="ZF-2026-0231", by=story.users["finance"]
                )


def _offer(purchase: Any, supplier: str, amount: int, person: Any) -> Any:
    told = {"supplier": supplier, "amount": Decimal(amount), "delivers_on": None, "note": ""}
    return services.add_offer(purchase, told, None, by=person)
