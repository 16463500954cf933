"""The table and the example of docs/domain/digests.md are what the rules do."""

import re
from datetime import date, datetime

import pytest
from django.conf import settings

from kam.calendar.selectors import next_working_day
from kam.today.rules import HOURS, LATE_AFTER, UNTIL
from kam.today.terms import Slot

TEXT = (settings.BASE_DIR / "docs/domain/digests.md").read_text(encoding="utf-8")


def row(label):
    return re.search(
        rf"^\| {label} \| (?:after )?([\d:]+) \| (?:after )?([\d:]+) \|$", TEXT, re.MULTILINE
    ).groups()


def test_the_hours_of_the_page():
    def said(times):
        return tuple(f"{t.hour}:{t.minute:02}" for t in times)

    slots = (Slot.PLAN, Slot.FOLLOWUP)
    late = [datetime.combine(date(2026, 11, 20), HOURS[s]) + LATE_AFTER for s in slots]
    assert row("due") == said(HOURS[s] for s in slots)
    assert row("says that it is late") == said(late)
    assert row("not any more after") == said(UNTIL[s] for s in slots)


@pytest.mark.django_db
def test_the_working_day_of_the_page():
    assert "from Thursday 18 June 2026 the next\nworking day is Monday 22 June" in TEXT
    assert next_working_day(date(2026, 6, 18)) == date(2026, 6, 22)
