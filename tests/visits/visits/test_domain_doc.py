"""The worked examples of docs/domain/visits.md are true."""

import re
from datetime import date, datetime

import pytest
from django.conf import settings

from kam.calendar.selectors import add_working_days
from visits.quotas.rules import a_visits_quota
from visits.visits.rules import is_late

TEXT = (settings.BASE_DIR / "docs/domain/visits.md").read_text(encoding="utf-8")
DAY = r"\w+ (\d+ \w+ \d{4})"
ROWS = re.findall(rf"^\| {DAY} \| {DAY} \([^)]*\) \| (yes|no) \|$", TEXT, re.MULTILINE)


def day(text) -> date:
    return datetime.strptime(text, "%d %B %Y").date()  # noqa: DTZ007 -- a date


def test_the_page_has_its_two_examples():
    assert len(ROWS) == 2


@pytest.mark.django_db
@pytest.mark.parametrize(("on", "entered", "late"), ROWS)
def test_when_an_entry_is_late(on, entered, late):
    last = add_working_days(day(on), 3)
    assert is_late(last_day_in_time=last, entered_on=day(entered)) == (late == "yes")


def test_the_quota_of_the_page():
    assert "five visits to the first, one to the second: 3 + 1 = 4 of 6, short by 2" in TEXT
    quota = a_visits_quota({1: 5, 2: 1}, each=3)
    assert (quota.done, quota.owed, quota.owed - quota.done) == (4, 6, 2)
