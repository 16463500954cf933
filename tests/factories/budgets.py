"""Budgets that hold money, and one entry of each kind."""

from decimal import Decimal
from typing import Any

from campaigns.budgets import services
from campaigns.budgets.models import Budget, BudgetChange, BudgetLine, Movement
from campaigns.budgets.rules import Planned
from campaigns.budgets.terms import BudgetState
from kam.notes.terms import SourceKey
from kam.users.models import User

PAPER = SourceKey("paper", "", "FP-1")
#: The budget of the source with its 55,000.
HOUSING = (
    (1, "广告物料", 15_000),
    (1, "礼品", 25_000),
    (2, "普通礼品", 5_000),
    (2, "关键人物礼品", 20_000),
    (3, "精品礼品", 5_000),
    (3, "现金消费卡、美容消费卷", 15_000),
    (1, "公关招待费", 5_000),
    (1, "交通费用", 5_000),
    (1, "不可预计费用", 5_000),
)


def planned(*rows: tuple[int, str, Any]) -> list[Planned]:
    return [Planned(level, name, Decimal(amount)) for level, name, amount in rows]


def make_draft(by: User, *rows: tuple[int, str, Any], name: str = "住宅预算") -> Budget:
    return services.draft_budget(services.Head(name), planned(*(rows or HOUSING)), by=by)


def make_budget(by: User, *rows: tuple[int, str, Any], name: str = "住宅预算") -> Budget:
    """Return an approved budget, its route left out."""
    budget = make_draft(by, *rows, name=name)
    Budget.objects.filter(pk=budget.pk).update(state=BudgetState.PENDING)
    services.approve_budget(budget, by)
    budget.refresh_from_db()
    return budget


def line_of(budget: Budget, name: str = "公关招待费") -> BudgetLine:
    return budget.lines.get(name=name)


def make_reservation(budget: Budget, by: User, amount: Any = 100) -> Movement:
    booked = services.reserve(line_of(budget), Decimal(amount), source=PAPER, by=by, text="接待")
    return Movement.objects.get(pk=booked.entry_id)


def make_payment(budget: Budget, by: User, amount: Any = 100) -> Movement:
    booked = services.book_payment(line_of(budget), Decimal(amount), source=PAPER, by=by)
    return Movement.objects.get(pk=booked.entry_id)


def make_report(budget: Budget, by: User, amount: Any = 500, name: str = "公关招待费") -> BudgetChange:
    report = services.Report(line_of(budget, name), Decimal(amount), "年会费用超出")
    return services.ask_change(report, by=by)
