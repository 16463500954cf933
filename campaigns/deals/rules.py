"""Retroactive adjustments: what a unit's deals should cost by its present count, and what that means for each (docs/domain/deals.md)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from campaigns.deals.terms import DealState

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Standing:
    """One signed deal: what it costs now, adjustments included, and what it costs by its own version and the present count."""

    deal: int
    net: Decimal
    due: Decimal


def credits_due(standings: Iterable[Standing]) -> dict[int, Decimal]:
    """Return deal → credit, for deals that cost more than they should; what was credited before is in `net` already."""
    return {row.deal: row.net - row.due for row in standings if row.net > row.due}


def at_stake(standings: Iterable[Standing]) -> dict[int, Decimal]:
    """Return deal → amount that a charge-back would ask for, after the number was lost."""
    return {row.deal: row.due - row.net for row in standings if row.due > row.net}


def is_counted(state: DealState, *, is_trial: bool, is_inside: bool, is_overridden: bool) -> bool:
    """Say whether a deal's sets count for the unit: signed, not a trial, inside the offer or excepted from it."""
    return state is DealState.SIGNED and not is_trial and (is_inside or is_overridden)


def is_closed(state: DealState, first_paid_on: date | None) -> bool:
    """Closed is signed and the first payment received (spec 04)."""
    return state is DealState.SIGNED and first_paid_on is not None


def collected_percent(paid: Decimal, due: Decimal) -> Decimal | None:
    """Return the collection rate, truncated to two decimals; None where nothing is due."""
    if due <= 0:
        return None
    return (paid / due * HUNDRED).quantize(Decimal("0.01"), rounding=ROUND_DOWN)
