"""Phone costs are paid within an allowance a month, rides at what they cost where no vehicle came; more is named to whoever decides (S-126, S-227).

See docs/domain/expenses.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from campaigns.expenses.terms import NoVehicle, RideProblem
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


@dataclass(frozen=True, slots=True)
class Ride:
    """A ride that is claimed at what it cost: its visit, why no vehicle, which ones were booked for it or free that day."""

    number: str
    has_visit: bool
    reason: NoVehicle | None
    booked: tuple[str, ...] = ()
    free: tuple[str, ...] = ()


def ride_problems(ride: Ride) -> list[tuple[RideProblem, tuple[str, ...]]]:
    """Return what speaks against a ride, with the vehicles it is about: told to the decider, never refused (S-126)."""
    if not ride.has_visit:
        return [(RideProblem.NO_VISIT, ())]
    found: list[tuple[RideProblem, tuple[str, ...]]] = []
    if ride.reason is None:
        found.append((RideProblem.NO_REASON, ()))
    if ride.booked and ride.reason is not NoVehicle.DID_NOT_COME:
        found.append((RideProblem.BOOKED, ride.booked))
    if ride.free and ride.reason is NoVehicle.TAKEN:
        found.append((RideProblem.FREE, ride.free))
    return found
