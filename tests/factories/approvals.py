"""A wish on a route of its own."""

from datetime import date
from decimal import Decimal
from typing import Any

from kam.approvals.models import Decision, Request, Route, Stage
from kam.approvals.routes import write_steps
from kam.audit.models import AuditEntry
from kam.outbox.models import Message
from kam.users.models import User
from tests.approval_subject.models import Wish

USUAL = [{"by": ["manager"]}, {"by": ["director"]}, {"by": ["finance"], "amount_over": "0"}]


def make_route(*steps: dict[str, Any], subject: str = "wish") -> Route:
    """Return version 1 of a route, in force since 2020."""
    route = Route.objects.create(subject_key=subject, number=1, valid_from=date(2020, 1, 1))
    write_steps(route, steps or USUAL)
    return route


def make_wish(owner: User, *prices: str, title: str = "A lamp", receiver: User | None = None) -> Wish:
    """Return a saved wish with one item per price."""
    wish = Wish.objects.create(title=title, owner=owner, receiver=receiver)
    for number, price in enumerate(prices):
        wish.items.create(name=f"item {number}", price=Decimal(price))
    return wish


def everything() -> tuple[Any, ...]:
    """Return what approvals keep, to say of a refusal that nothing changed."""
    return (
        list(Request.objects.values()),
        list(Stage.objects.order_by("pk").values()),
        Decision.objects.count(),
        AuditEntry.objects.count(),
        Message.objects.count(),
    )
