"""Expense claims as far as they have come."""

from decimal import Decimal
from typing import Any

from campaigns.budgets.models import BudgetLine
from campaigns.expenses import services
from campaigns.expenses.models import ExpenseClaim
from kam.core.clock import business_date
from kam.users.models import User
from tests.factories.gifts import decide_all


def receipt_told(number: str = "35002611", amount: Any = 46, **fields: Any) -> dict[str, Any]:
    told = {"kind": "transport", "on": business_date(), "number": number, "text": "出租车"}
    return told | {"amount": Decimal(amount)} | fields


def make_claim(by: User, line: BudgetLine, *amounts: Any) -> ExpenseClaim:
    """Return a draft with a receipt for each amount."""
    claim = services.begin_claim("走访交通费", line, by=by)
    for amount in amounts:
        services.add_receipt(claim, receipt_told(f"R-{claim.pk}-{amount}", amount), None, by=by)
    claim.refresh_from_db()
    return claim


def make_approved_claim(by: User, line: BudgetLine, amount: Any = 46) -> ExpenseClaim:
    claim = services.submit_claim(make_claim(by, line, amount), by=by)
    decided: ExpenseClaim = decide_all(services.SUBJECT, claim)
    return decided
