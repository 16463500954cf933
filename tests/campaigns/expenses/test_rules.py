"""Phone costs above the allowance, by month; without a database."""

from datetime import date
from decimal import Decimal

import pytest

from campaigns.expenses.rules import Call, Over, Ride, over_allowance, ride_problems
from campaigns.expenses.terms import NoVehicle, RideProblem


def test_a_month_is_over_from_the_first_cent_above_the_allowance():
    calls = [
        Call(date(2026, 6, 30), Decimal("60.01")),
        Call(date(2026, 5, 1), Decimal(100)),
        Call(date(2026, 6, 1), Decimal(40)),
        Call(date(2025, 6, 1), Decimal(200)),
    ]
    assert over_allowance(calls, Decimal(100)) == [
        Over(2025, 6, Decimal(200), Decimal(100)),
        Over(2026, 6, Decimal("100.01"), Decimal("0.01")),
    ]
    assert over_allowance([], Decimal(0)) == []


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
