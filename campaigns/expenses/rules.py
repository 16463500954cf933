"""Phone costs are paid within an allowance a month; more is named to whoever decides (S-227). See docs/domain/expenses.md."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kam.core.money import ZERO


@dataclass(frozen=True, slots=True)
class Call:
    """Phone costs of one receipt."""

    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Over:
    """A month whose phone costs go over the allowance."""

    year: int
    month: int
    total: Decimal
    over: Decimal


def over_allowance(calls: Iterable[Call], allowance: Decimal) -> list[Over]:
    """Return the months, oldest first, whose receipts together come to more than the allowance."""
    months: dict[tuple[int, int], Decimal] = {}
    for call in calls:
        key = (call.on.year, call.on.month)
        months[key] = months.get(key, ZERO) + call.amount
    return [
        Over(year, month, total, total - allowance)
        for (year, month), total in sorted(months.items())
        if total > allowance
    ]
