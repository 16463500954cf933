"""Phone costs are paid within a person's limit of the month, rides at what they cost where no vehicle came (S-126, S-227).

See docs/domain/expenses.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from campaigns.expenses.terms import NoVehicle, RideProblem
from kam.core.money import ZERO

#: A limit may be asked for so many months ahead; backwards for the month before, whose bill comes in this one.
MONTHS_AHEAD = 12
_YEAR = 12


@dataclass(frozen=True, slots=True)
class Limit:
    """What a person may claim for the phone in a month: from `starts_on` on, or `only` in that month."""

    starts_on: date
    amount: Decimal
    only: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """How a phone bill is shared: what the house pays, what the person pays."""

    paid: Decimal
    own: Decimal


def month_start(day: date) -> date:
    return day.replace(day=1)


def months_from(day: date, count: int) -> date:
    """Return the first day of the month so many months from that of `day`."""
    years, month = divmod(day.year * _YEAR + day.month - 1 + count, _YEAR)
    return date(years, month + 1, 1)


def months_offered(today: date) -> list[date]:
    """Return the months that a limit may begin with."""
    return [months_from(today, count) for count in range(-1, MONTHS_AHEAD + 1)]


def limit_in(month: date, limits: Iterable[Limit], usual: Decimal) -> Decimal:
    """Return the limit of a month: the one for this month only, else the last one that began by then, else the usual one."""
    begun = [one for one in limits if one.starts_on == month or (one.starts_on < month and not one.only)]
    return max(begun, key=lambda one: (one.only, one.starts_on)).amount if begun else usual


def share_of(amount: Decimal, limit: Decimal, used: Decimal) -> Share:
    """Return what of a bill the limit still covers, and the rest."""
    paid = min(amount, max(limit - used, ZERO))
    return Share(paid, amount - paid)


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
