"""Gifts of the catalogue and requests as far as they have come."""

from decimal import Decimal
from typing import Any

from accounts.persons.models import Person
from campaigns.budgets.models import BudgetLine
from campaigns.gifts import services, stock
from campaigns.gifts.models import GiftItem, GiftRequest
from campaigns.gifts.terms import Occasion
from campaigns.integrity.terms import BenefitKind
from kam.approvals import services as approvals
from kam.approvals.models import Seat
from kam.approvals.selectors import pending_stage, request_for
from kam.approvals.terms import RequestState
from kam.core.clock import business_date
from kam.users.models import User


def make_item(name: str = "品牌打火机", price: Any = 198, *, in_stock: int = 30, **fields: Any) -> GiftItem:
    told = {
        "name": name,
        "kind": BenefitKind.GIFT,
        "price_amount": Decimal(price),
        "note": "",
        "is_offered": True,
    }
    item = stock.add_item(told | fields, by=None)
    if in_stock:
        stock.receive(item, in_stock, document="RK-1", by=None)
    item.refresh_from_db()
    return item


def gift_terms(person: Person, item: GiftItem, line: BudgetLine, **fields: Any) -> services.Terms:
    told: dict[str, Any] = {
        "quantity": 1,
        "occasion": Occasion.FESTIVAL,
        "reason": "中秋走访",
        "on": business_date(),
    }
    return services.Terms(person, item, line=line, **(told | fields))


def make_gift(person: Person, item: GiftItem, line: BudgetLine, by: User, **fields: Any) -> GiftRequest:
    """Return a request that was handed in."""
    return services.ask_gift(gift_terms(person, item, line, **fields), by=by)


def decide_all(subject: str, obj: Any) -> Any:
    """Let everybody whose turn it is approve; return the object as it is then."""
    request = request_for(subject, obj)
    while request is not None and request.state == RequestState.PENDING:
        seat = Seat.objects.filter(stage=pending_stage(request), ended_at=None).select_related("user").first()
        assert seat is not None
        request = approvals.approve(request, by=seat.user, version=request.version)
    obj.refresh_from_db()
    return obj


def make_issued(person: Person, item: GiftItem, line: BudgetLine, by: User, clerk: User) -> GiftRequest:
    gift: GiftRequest = decide_all("gift_request", make_gift(person, item, line, by))
    services.issue_gift(gift, by=clerk)
    gift.refresh_from_db()
    return gift


def make_handed(person: Person, item: GiftItem, line: BudgetLine, by: User, clerk: User) -> GiftRequest:
    gift = make_issued(person, item, line, by, clerk)
    services.hand_over(gift, by=by)
    gift.refresh_from_db()
    return gift
