"""Reads of claims: what goes over the phone allowance, and where a receipt was claimed before."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any

from campaigns.expenses.labels import RIDE_PROBLEMS
from campaigns.expenses.models import ExpenseClaim, Receipt
from campaigns.expenses.rules import Call, Over, Ride, over_allowance, ride_problems
from campaigns.expenses.terms import ExpenseKind, NoVehicle
from kam.core.clock import moment
from kam.settings_rows.selectors import setting
from visits.bookings.models import Booking, Resource
from visits.bookings.terms import ResourceKind
from visits.visits.models import Visit


def claimed_before(told: Mapping[str, Any], digest: str) -> Receipt | None:
    """Return the receipt that was claimed with the same number, day and amount, or with the same file."""
    live = Receipt.objects.filter(is_live=True).select_related("claim")
    found = live.filter(number=told["number"], on=told["on"], amount=told["amount"]).first()
    return found or (live.filter(digest=digest).first() if digest else None)


def phone_over(claim: ExpenseClaim) -> list[Over]:
    """Return the months of this claim whose phone costs, with all claims of the person, go over the allowance."""
    live = Receipt.objects.filter(is_live=True, kind=ExpenseKind.PHONE)
    mine = set(live.filter(claim=claim).values_list("on__year", "on__month"))
    rows = live.filter(claim__claimant=claim.claimant_id).values_list("on", "amount")
    calls = [Call(on, amount) for on, amount in rows if (on.year, on.month) in mine]
    return over_allowance(calls, setting("expenses_phone_month"))  # type: ignore[arg-type]  # defined as an amount


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
        str(RIDE_PROBLEMS[problem]) % {"number": ride.number, "vehicles": ", ".join(vehicles)}
        for ride in rides_of(claim)
        for problem, vehicles in ride_problems(ride)
    ]
