"""What rooms above do when a deal is closed or cancelled: in the same transaction, told by the act itself."""

from collections.abc import Callable

from campaigns.deals.models import Deal
from kam.users.models import User

Follow = Callable[[Deal, User | None], None]
_follows: list[Follow] = []
_closings: list[Follow] = []


def register_cancelled(follow: Follow) -> Follow:
    """Register `follow(deal, by)`; it runs after the deal is cancelled, and what it raises undoes the cancellation."""
    _follows.append(follow)
    return follow


def tell_cancelled(deal: Deal, by: User | None) -> None:
    for follow in _follows:
        follow(deal, by)


def register_closed(follow: Follow) -> Follow:
    """Register `follow(deal, by)`; it runs after the first payment closed the deal, the unit under lock."""
    _closings.append(follow)
    return follow


def tell_closed(deal: Deal, by: User | None) -> None:
    for follow in _closings:
        follow(deal, by)
