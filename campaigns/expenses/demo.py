"""The demo's claims: one paid, one to be paid, one that waits with phone costs above the limit; phone limits."""

from decimal import Decimal
from typing import Any

from campaigns.budgets.models import BudgetLine
from campaigns.budgets.terms import BudgetState
from campaigns.expenses import phone, services
from campaigns.expenses.rules import month_start
from campaigns.expenses.terms import ExpenseKind
from kam.approvals.selectors import request_for
from kam.core.clock import business_date
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
#: Who, yuan a month, in one month only, why, whether it is approved.
_LIMITS = (
    ("specialist1", 180, False, "负责商会渠道，外呼量大", True),
    ("specialist3", 150, True, "十一月团购活动外呼", False),
)


def _play_limits(story: Story) -> None:
    for who, amount, only, reason, is_approved in _LIMITS:
        person = story.users.get(who)
        if person is None:
            continue
        ago = 40 if is_approved else 1
        with story.at(story.day(-ago), 9):
            asked = phone.Asked(Decimal(amount), month_start(business_date()), only, reason)
            limit = phone.ask_limit(person, asked, by=person)
        if is_approved:
            approve_all(story, request_for(phone.SUBJECT, limit), story.day(-ago), 10)


def play_expenses(story: Story) -> None:
    """Each claim as far as it goes; receipts without pictures."""
    _play_limits(story)
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
                told |= {"amount": Decimal(amount), "own": True}
                services.add_receipt(claim, told, None, by=claimant)
            services.submit_claim(claim, by=claimant)
        if end == "pending":
            continue
        approve_all(story, request_for(services.SUBJECT, claim), story.day(-days), 10)
        if end == "paid":
            with story.at(story.day(1 - days), 15):
                services.pay_claim(claim, document="ZF-2026-0213", by=story.users["finance"])
