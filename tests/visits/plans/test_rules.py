from datetime import date, time
from decimal import Decimal

import pytest

from visits.plans.rules import (
    Terms,
    half_of,
    needs_approval,
    parse_week,
    shifted,
    short_of,
    week_label,
    week_period,
)
from visits.plans.terms import HalfDay


def terms(**fields):
    return Terms(**({"unit_id": 1, "cost": Decimal(80), "gifts": "tea", "vehicle_id": 7} | fields))


def test_a_line_belongs_to_the_half_in_which_it_starts():
    assert half_of(time(11, 59)) is HalfDay.MORNING
    assert half_of(time(12, 0)) is HalfDay.AFTERNOON


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-W27", (2026, 27)),
        ("2026-W53", (2026, 53)),
        ("2025-W53", None),
        ("2026-W00", None),
        ("2026-27", None),
        ("0001-W01", None),
    ],
)
def test_week_addresses(text, expected):
    assert parse_week(text) == expected


def test_a_week_is_known_by_its_thursday():
    assert week_label(date(2027, 1, 1)) == "2026-W53"
    assert week_period(2026, 53).first == date(2026, 12, 28)


@pytest.mark.parametrize(
    ("new", "asked"),
    [
        (terms(), ()),
        (terms(unit_id=2), ("unit",)),
        (terms(cost=Decimal("80.01")), ("cost",)),
        (terms(gifts="tea, cup"), ("gifts",)),
        (terms(vehicle_id=8), ("vehicle",)),
        (terms(cost=Decimal(0), gifts="", vehicle_id=None), ()),
    ],
)
def test_only_asking_for_more_is_a_supplement(new, asked):
    """12-decisions 11."""
    assert needs_approval(terms(), new) == asked


def test_a_moved_line_keeps_its_length_within_the_day():
    assert shifted(time(9), time(10, 30), time(14)) == time(15, 30)
    assert shifted(time(9), time(10, 30), time(23)) is None


def test_units_that_are_short_of_visits():
    assert short_of([1, 1, 2, 2, 2], each=3, units=[1, 2, 3]) == {1: 1, 3: 3}
