"""The demo's claims: one paid, one to be paid, one that waits with phone costs above the allowance."""

from decimal import Decimal
from typing import Any

from campaigns.budgets.models import BudgetLine
from campaigns.budgets.terms import BudgetState
from campaigns.expenses import services
from campaigns.expenses.terms import ExpenseKind
from kam.approvals.selectors import request_for
from kam.demo.routes import approve_all
from kam.demo.story import Story

#: Who, days ago, what for, receipts (kind, days ago, number, amount, what for), how far it goes.
_STORIES: tuple[tuple[str, int, str, tuple[tuple[Any, ...], ...], str], ...] = (
    (
        "specialist2",
        20,
        "走访工业园交通费",
        (
            (ExpenseKind.TRANSPORT, 24, "35002611", "46.50", "无车，出租车到工业园"),
            (ExpenseKind.TRANSPORT, 24, "35002612", "44.00", "出租车返回"),
        ),
        "paid",
    ),
    (
        "specialist3",
        6,
        "商会拜访自驾",
        ((ExpenseKind.TRANSPORT, 8, "GL-0977", "35.00", "高速费"),),
        "approved",
    ),
    (
        "specialist2",
        1,
        "十一月话费与打印",
        (
            (ExpenseKind.PHONE, 3, "YD-88213", "138.00", "移动话费"),
            (ExpenseKind.MATERIAL, 2, "TY-104", "26.00", "名单打印"),
        ),
        "pending",
    ),
)


def play_expenses(story: Story) -> None:
    """Each claim as far as it goes; receipts without pictures."""
    line = BudgetLine.objects.filter(
        budget__state=BudgetState.APPROVED, budget__campaign=None, name="交通费用"
    ).first()
    if line is None:
        return
    for who, days, purpose, receipts, end in _STORIES:
        claimant = story.users.get(who)
        if claimant is None:
            continue
        with story.at(story.day(-days), 9):
            claim = services.begin_claim(purpose, line, by=claimant)
            for kind, ago, number, amount, text in receipts:
                told = {"kind": kind, "on": story.day(-ago), "number": number, "text": text}
                services.add_receipt(claim, told | {"amount": Decimal(amount)}, None, by=claimant)
            services.submit_claim(claim, by=claimant)
        if end == "pending":
            continue
        approve_all(story, request_for(services.SUBJECT, claim), story.day(-days), 10)
        if end == "paid":
            with story.at(story.day(1 - days), 15):
                services.pay_claim(claim, document="ZF-2026-0213", by=story.users["finance"])
