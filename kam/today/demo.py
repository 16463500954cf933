"""The demo's digests: some working days as everybody was told them, and nothing waiting to be mailed."""

from datetime import date

from django.utils import timezone

from kam.calendar.selectors import work_calendar
from kam.demo.story import Story
from kam.outbox.services import withdraw_planned
from kam.today.rules import HOURS
from kam.today.services import make, watch
from kam.today.terms import Slot


def play_digests(story: Story) -> None:
    """Make the digests of some working days, each at its hour; the last one is left for `manage.py digest`.

    KAM watches from now on: a fresh demo has missed nothing.
    """
    calendar = work_calendar()
    watch(timezone.now())
    for n in range(story.scaled(small=1, department=3, enterprise=1), 0, -1):
        _make_day(story, calendar.add(story.today, -n - 1))


def play_quiet(_story: Story) -> None:
    """Cancel the mails of the story: nobody wants last month's in the morning of the first start."""
    withdraw_planned()


def _make_day(story: Story, day: date) -> None:
    for slot in Slot:
        with story.at(day, HOURS[slot].hour) as now:
            make(slot, day, now)
