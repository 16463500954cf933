"""Reads of claims: what is left of a person's phone limit, and where a receipt was claimed before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, Sum

from campaigns.expenses.labels import RIDE_PROBLEMS
from campaigns.expenses.models import ExpenseClaim, PhoneLimit, Receipt
from campaigns.expenses.rules import Limit, Ride, limit_in, month_start, months_from, ride_problems
from campaigns.expenses.terms import ExpenseKind, LimitState, NoVehicle
from kam.core.clock import moment
from kam.core.money import ZERO
from kam.core.sentences import listed
from kam.settings_rows.selectors import setting
from visits.bookings.models import Booking, Resource
from visits.bookings.terms import ResourceKind
from visits.visits.models import Visit


def claimed_before(told: Mapping[str, Any], digest: str) -> Receipt | None:
    """Return the receipt that was claimed with the same number, day and amount, or with the same file."""
    live = Receipt.objects.filter(is_live=True).select_related("claim")
    found = live.filter(number=told["number"], on=told["on"], amount=told["amount"]).first()
    return found or (live.filter(digest=digest).first() if digest else None)


@dataclass(frozen=True, slots=True)
class PhoneMonth:
    """A month of a person's phone costs: the limit, what is claimed of it, what the person pays."""

    month: date
    limit: Decimal
    paid: Decimal
    own: Decimal

    @property
    def free(self) -> Decimal:
        return max(self.limit - self.paid, ZERO)

    @property
    def over(self) -> Decimal:
        """What is claimed above the limit: it was lowered meanwhile."""
        return max(self.paid - self.limit, ZERO)


def phone_months(user_id: int, months: Sequence[date]) -> list[PhoneMonth]:
    """Return what these months (first days) came to. Three statements however many."""
    if not months:
        return []
    rows = Receipt.objects.filter(
        is_live=True, kind=ExpenseKind.PHONE, claim__claimant=user_id, on__gte=min(months)
    )
    sums = {
        date(year, month, 1): (paid, own)
        for year, month, paid, own in rows.values_list("on__year", "on__month")
        .annotate(paid=Sum(F("amount") - F("own_amount")), own=Sum("own_amount"))
        .order_by()
    }
    limits = _limits_of(user_id)
    usual: Any = setting("expenses_phone_month")
    return [
        PhoneMonth(month, limit_in(month, limits, usual), *sums.get(month, (ZERO, ZERO))) for month in months
    ]


def phone_month(user_id: int, day: date) -> PhoneMonth:
    """Return what the month of `day` came to so far."""
    return phone_months(user_id, [month_start(day)])[0]


def last_months(user_id: int, today: date, count: int = 6) -> list[PhoneMonth]:
    """Return the last months, the running one first."""
    return phone_months(user_id, [months_from(today, -back) for back in range(count)])


def _limits_of(user_id: int) -> list[Limit]:
    rows = PhoneLimit.objects.filter(user=user_id, state=LimitState.APPROVED)
    return [Limit(*row) for row in rows.values_list("starts_on", "amount", "only")]


def phone_of(claim: ExpenseClaim) -> list[PhoneMonth]:
    """Return the months of the phone receipts of a claim, over all claims of the person."""
    days = claim.receipts.filter(kind=ExpenseKind.PHONE).values_list("on", flat=True)
    return phone_months(claim.claimant_id, sorted({month_start(day) for day in days}))


def rides_of(claim: ExpenseClaim) -> list[Ride]:
    """Return the rides of a claim with the vehicles that were booked for their visits, or free all day."""
    rows = claim.receipts.filter(kind=ExpenseKind.TRANSPORT).select_related("visit")
    return [
        Ride(
            row.number,
            row.visit is not None,
            NoVehicle(row.no_vehicle) if row.no_vehicle else None,
            _booked_for(row.visit) if row.visit else (),
            free_vehicles(row.on),
        )
        for row in rows
    ]


def _booked_for(visit: Visit) -> tuple[str, ...]:
    if visit.plan_line_id is None:
        return ()
    rows = Booking.objects.by_source("plan_line", visit.plan_line_id).filter(kind=ResourceKind.VEHICLE)
    return tuple(rows.values_list("resource_label", flat=True))


def free_vehicles(day: date) -> tuple[str, ...]:
    """Return the vehicles in use that nobody had on a day."""
    start, end = moment(day, time()), moment(day + timedelta(days=1), time())
    taken = Booking.objects.filter(kind=ResourceKind.VEHICLE).touching(start, end)
    rows = Resource.objects.usable().of_kind(ResourceKind.VEHICLE)
    return tuple(rows.exclude(pk__in=taken.values("resource_id")).values_list("name", flat=True))


def ride_words(claim: ExpenseClaim) -> list[str]:
    """Return what speaks against the rides of a claim, in sentences."""
    return [
        str(RIDE_PROBLEMS[problem]) % {"number": ride.number, "vehicles": listed(vehicles)}
        for ride in rides_of(claim)
        for problem, vehicles in ride_problems(ride)
    ]
