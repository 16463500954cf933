"""Phone limits by month, what is said of rides; without a database."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.expenses.rules import (
    Limit,
    Ride,
    Share,
    limit_in,
    month_start,
    months_offered,
    ride_problems,
    share_of,
)
from campaigns.expenses.terms import NoVehicle, RideProblem

pytestmark = pytest.mark.rules
JUNE = date(2026, 6, 1)
LIMITS = [
    Limit(date(2026, 3, 1), Decimal(150)),
    Limit(JUNE, Decimal(200)),
    Limit(JUNE, Decimal(300), only=True),
    Limit(date(2026, 8, 1), Decimal(90), only=True),
]


@pytest.mark.parametrize(
    ("month", "limit"),
    [
        (date(2026, 2, 1), 100),
        (date(2026, 3, 1), 150),
        (date(2026, 5, 1), 150),
        (JUNE, 300),
        (date(2026, 7, 1), 200),
        (date(2026, 8, 1), 90),
        (date(2026, 9, 1), 200),
    ],
)
def test_s227_the_limit_of_a_month_is_its_own_else_the_last_that_began(month, limit):
    assert limit_in(month, LIMITS, Decimal(100)) == limit
    assert limit_in(month, [], Decimal(100)) == 100


@pytest.mark.parametrize(
    ("amount", "used", "paid", "own"),
    [(60, 40, 60, 0), ("60.01", 40, 60, "0.01"), (5, 100, 0, 5), (5, 120, 0, 5)],
)
def test_s227_the_house_pays_what_the_limit_covers(amount, used, paid, own):
    share = share_of(Decimal(amount), Decimal(100), Decimal(used))
    assert share == Share(Decimal(paid), Decimal(own))


@given(*[st.decimals(0, 1000, places=2)] * 3)
def test_no_cent_is_lost_and_none_paid_twice(amount, limit, used):
    share = share_of(amount, limit, used)
    assert share.paid + share.own == amount
    assert min(share.paid, share.own) >= 0
    assert share.paid == 0 or used + share.paid <= limit


def test_a_limit_begins_with_last_month_at_the_earliest():
    months = months_offered(date(2026, 1, 31))
    assert (months[0], months[1], months[-1]) == (date(2025, 12, 1), date(2026, 1, 1), date(2027, 1, 1))
    assert month_start(date(2026, 1, 31)) == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("ride", "problems"),
    [
        (Ride("1", False, None), [(RideProblem.NO_VISIT, ())]),
        (Ride("1", True, None), [(RideProblem.NO_REASON, ())]),
        (Ride("1", True, NoVehicle.OWN_CAR, ("闽C1",), ("闽C2",)), [(RideProblem.BOOKED, ("闽C1",))]),
        (Ride("1", True, NoVehicle.DID_NOT_COME, ("闽C1",), ("闽C2",)), []),
        (Ride("1", True, NoVehicle.TAKEN, (), ("闽C2",)), [(RideProblem.FREE, ("闽C2",))]),
        (Ride("1", True, NoVehicle.TAKEN), []),
    ],
)
def test_s126_what_the_decider_is_told_of_a_ride(ride, problems):
    assert ride_problems(ride) == problems
