"""What an honour must say (S-239; docs/domain/kpi.md)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kpi.honours.terms import HonourKind, Occasion

LARGEST = Decimal("9999999.99")


@dataclass(frozen=True, slots=True)
class About:
    """Who is honoured for what, by ids; money where it is money."""

    kind: HonourKind
    occasion: Occasion
    person: int | None
    team: int | None
    unit: int | None
    amount: Decimal | None
    on: date


def honour_problem(about: About, *, by: int, today: date) -> tuple[str, str] | None:
    """Return field and code of the first thing that cannot be; None where nothing is wrong."""
    for field, code, is_wrong in (
        ("person", "nobody", about.person is None and about.team is None),
        ("team", "both", about.person is not None and about.team is not None),
        ("person", "oneself", about.person == by),
        ("unit", "which_unit", about.occasion is Occasion.UNIT_WON and about.unit is None),
        ("amount", "no_amount", about.kind is HonourKind.MONEY and not (about.amount or 0) > 0),
        ("amount", "no_money", about.kind is not HonourKind.MONEY and about.amount is not None),
        ("on", "future", about.on > today),
    ):
        if is_wrong:
            return field, code
    return None
