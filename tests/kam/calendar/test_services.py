"""The department's days: set, replaced, cleared, and asked for."""

from datetime import date

import pytest

from kam.audit.models import AuditEntry
from kam.calendar import selectors
from kam.calendar.models import DayOverride
from kam.calendar.services import clear_day, set_day

SATURDAY = date(2026, 6, 27)


@pytest.mark.django_db
def test_a_day_is_set_replaced_and_cleared_with_three_entries():
    set_day(SATURDAY, is_working=True, by=None, note="opening")
    assert selectors.is_working_day(SATURDAY)
    set_day(SATURDAY, is_working=False, by=None)
    assert not selectors.is_working_day(SATURDAY)
    clear_day(SATURDAY, by=None)
    clear_day(SATURDAY, by=None)
    assert DayOverride.objects.count() == 0
    assert list(AuditEntry.objects.order_by("id").values_list("act", "changes")) == [
        ("workdays.day.set", {"is_working": [None, True]}),
        ("workdays.day.set", {"is_working": [True, False]}),
        ("workdays.day.cleared", {"is_working": [False, None]}),
    ]


@pytest.mark.django_db
def test_counting_over_dragon_boat():
    assert selectors.count_working_days(date(2026, 6, 18), date(2026, 6, 23)) == 3
    assert selectors.count_working_days(date(2026, 6, 23), date(2026, 6, 18)) == 0
    assert selectors.next_working_day(date(2026, 6, 18)) == date(2026, 6, 22)
    assert selectors.previous_working_day(date(2026, 6, 22)) == date(2026, 6, 18)
    assert selectors.add_working_days(date(2026, 6, 18), 2) == date(2026, 6, 23)


@pytest.mark.django_db
def test_a_year_with_entered_days_does_not_warn(django_assert_num_queries):
    assert selectors.year_without_days(date(2026, 11, 1)) == 2027
    set_day(date(2027, 1, 1), is_working=False, by=None)
    with django_assert_num_queries(1):
        assert selectors.year_without_days(date(2026, 11, 1)) is None
