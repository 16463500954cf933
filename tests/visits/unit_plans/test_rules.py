"""Which days a plan of a unit has, and in which order its lines stand. No database."""

from datetime import date

import pytest

from kam.core.periods import Period
from visits.unit_plans.rules import Item, in_order, neighbours, period_of
from visits.unit_plans.terms import Source, Span

DAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        (Span.WEEK, date(2026, 3, 2), date(2026, 3, 8)),
        (Span.MONTH, date(2026, 3, 1), date(2026, 3, 31)),
        (Span.YEAR, date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_the_days_of_a_plan_and_its_neighbours(span, first, last):
    period = period_of(span, DAY)
    assert period == Period(first, last)
    before, after = neighbours(period)
    assert (period_of(span, before).last, period_of(span, after).first) == (before, after)


def test_lines_stand_by_day_and_goals_before_what_leads_to_them():
    items = [
        Item(DAY, Source.VISIT, "b"),
        Item(date(2026, 4, 1), Source.GOAL, "later"),
        Item(DAY, Source.GOAL, "c"),
        Item(date(2026, 3, 2), Source.SERVICE, "a"),
    ]
    assert [item.text for item in in_order(items, period_of(Span.WEEK, DAY))] == ["a", "c", "b"]
