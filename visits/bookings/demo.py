"""Rooms and equipment beside the vans of the plans, and who has them this week."""

from datetime import time, timedelta

from kam.calendar.selectors import work_calendar
from kam.core.clock import moment
from kam.core.errors import BusinessError
from kam.core.periods import iso_week_of
from kam.demo.story import Story
from kam.users.terms import SELLERS
from visits.bookings.rules import Slot
from visits.bookings.services import add_resource, lend
from visits.bookings.terms import ResourceKind

_THINGS = (
    (ResourceKind.ROOM, "洽谈室一", "8 人，有投影"),
    (ResourceKind.ROOM, "会议室", "20 人"),
    (ResourceKind.EQUIPMENT, "便携投影仪", "在内勤处领取"),
)
_HOURS = ((9, 11), (14, 16), (10, 12))


def play_bookings(story: Story) -> None:
    """The clerk enters things a month ago and lends some of them in this week and the next."""
    clerk = story.users.get("clerk")
    if clerk is None:
        return
    with story.at(story.day(-30), 10):
        things = [add_resource(kind, name, by=clerk, remark=remark) for kind, name, remark in _THINGS]
    people = sorted((u for u in story.users.values() if u.position in SELLERS), key=lambda u: u.staff_number)
    monday = iso_week_of(story.today).first
    days = work_calendar().working_days(monday, monday + timedelta(days=13))
    with story.at(story.day(-7), 10, 30):
        for number, day in enumerate(days):
            first, last = _HOURS[number % len(_HOURS)]
            thing, person = things[number % len(things)], people[number % len(people)]
            slot = Slot(moment(day, time(first)), moment(day, time(last)))
            try:
                lend(thing, slot, to=person, by=clerk)
            except BusinessError:
                continue
