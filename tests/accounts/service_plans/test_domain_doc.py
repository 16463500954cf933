"""The worked examples of docs/domain/service_plans.md are true."""

from datetime import date, timedelta
from itertools import islice

from django.conf import settings

from accounts.service_plans.rules import (
    Frequency,
    Occurrence,
    Touch,
    days_of,
    follow,
    frequency_problem,
    measure,
)
from accounts.service_plans.terms import Every, Mode
from kam.core.periods import month_of

TEXT = (settings.BASE_DIR / "docs/domain/service_plans.md").read_text(encoding="utf-8")
MONDAY = date(2026, 6, 1)


def table(title):
    part = TEXT.split(f"## {title}\n")[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def frequency(text):
    words = text.split()
    every, days = Every(words[2]), [int(word) for word in words[4:]]
    if every is Every.WEEKS:
        return Frequency(every, int(words[1]), tuple(days))
    return Frequency(every, int(words[1]), (), days[0] if days else None)


def test_when_something_is_due():
    rows = table("When something is due")
    assert len(rows) == 5
    for often, first, due in rows:
        start = date.fromisoformat(first)
        assert frequency_problem(frequency(often)) is None
        days = islice(days_of(frequency(often), start, start + timedelta(days=730)), 4)
        assert " ".join(f"{day:%m-%d}" for day in days) == due


def test_what_became_of_it():
    rows = table("What became of it")
    assert len(rows) == 7
    planned = [Occurrence(MONDAY + timedelta(days=7 * n), 1, Mode.VISIT) for n in range(20)]
    for visits, today, *figures in rows:
        days = [date.fromisoformat(f"2026-{day}") for day in visits.split() if day != "–"]
        touches = [Touch(n, day, met=True) for n, day in enumerate(days)]
        now = date.fromisoformat(f"2026-{today}")
        course = follow(planned, touches, began_on=MONDAY, today=now, tolerance=2)
        counted = measure(course, month_of(MONDAY))
        shown = [counted.done, counted.late, counted.open, counted.missed, counted.unplanned]
        assert shown == [int(figure) for figure in figures], visits
