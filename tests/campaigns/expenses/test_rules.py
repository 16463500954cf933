"""Phone costs above the allowance, by month; without a database."""

from datetime import date
from decimal import Decimal

from campaigns.expenses.rules import Call, Over, over_allowance


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
