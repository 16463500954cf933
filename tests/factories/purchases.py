"""Purchases as far as they have come."""

from decimal import Decimal
from typing import Any

from campaigns.budgets.models import BudgetLine
from campaigns.purchases import services
from campaigns.purchases.models import Offer, Purchase
from kam.users.models import User
from tests.factories.gifts import decide_all


def purchase_told(line: BudgetLine, **fields: Any) -> dict[str, Any]:
    told = {"title": "投影幕布", "reason": "说明会现场无幕布", "plan": "一套", "is_urgent": False}
    return told | {"needed_on": None, "line": line} | fields


def make_purchase(by: User, line: BudgetLine, **fields: Any) -> Purchase:
    """Return a draft without offers."""
    return services.begin_purchase(purchase_told(line, **fields), by=by)


def make_offer(purchase: Purchase, amount: Any = 680, supplier: str = "晨光文具") -> Offer:
    told = {"supplier": supplier, "amount": Decimal(amount), "delivers_on": None, "note": ""}
    return services.add_offer(purchase, told, None, by=purchase.asked_by)


def make_ready(by: User, line: BudgetLine, amount: Any = 680) -> Purchase:
    """Return a draft with a chosen offer."""
    purchase = make_purchase(by, line)
    services.choose_offer(make_offer(purchase, amount), "", by=by)
    purchase.refresh_from_db()
    return purchase


def make_approved(by: User, line: BudgetLine, amount: Any = 680) -> Purchase:
    purchase = services.submit_purchase(make_ready(by, line, amount), by=by)
    decided: Purchase = decide_all(services.SUBJECT, purchase)
    return decided


def make_received(by: User, line: BudgetLine, clerk: User, amount: Any = 680) -> Purchase:
    return services.receive_goods(make_approved(by, line, amount), "一套，完好", by=clerk)
