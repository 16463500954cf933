"""The demo's digests: some working days as everybody was told them, and nothing waiting to be mailed."""

from datetime import date, time

from django.utils import timezone

from kam.calendar.selectors import work_calendar
from kam.core.clock import moment
from kam.demo.story import Story
from kam.outbox.services import read_before, withdraw_planned
from kam.today.rules import HOURS
from kam.today.services import make, watch
from kam.today.terms import Slot


def play_digests(story: Story) -> None:
    """Make the digests of the last working days, each at its hour: on a Sunday Friday's are there, on a Monday too.

    KAM watches from now on: a fresh demo has missed nothing.
    """
    calendar = work_calendar()
    watch(timezone.now())
    for n in range(story.scaled(small=1, department=3, enterprise=1), 0, -1):
        _make_day(story, calendar.add(story.today, -n))


def play_quiet(story: Story) -> None:
    """Cancel the mails of the story and read its notices, but for the last working day's: nobody wants last month's at the first start."""
    withdraw_planned()
    yesterday = work_calendar().add(story.today, -1)
    read_before(moment(yesterday, time()))


def _make_day(story: Story, day: date) -> None:
    for slot in Slot:
        with story.at(day, HOURS[slot].hour) as now:
            make(slot, day, now)
