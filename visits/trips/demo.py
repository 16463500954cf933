"""The demo's trips: some travelled and reported, one whose report is due, one that waits for its approval."""

from datetime import date, timedelta
from decimal import Decimal

from accounts.units.models import KeyAccount
from kam.approvals.selectors import request_for
from kam.core.errors import BusinessError
from kam.demo.routes import approve_all
from kam.demo.story import Story
from kam.users.models import User
from visits.trips.models import Trip
from visits.trips.services import SUBJECT, ask_trip, report_trip, submit_trip

_PURPOSES = ("走访片区重点单位，补齐关键人信息", "协助单位召开产品说明会", "拜访长沙总部，了解采购安排")


def play_trips(story: Story) -> None:
    """Each of the first four specialists travelled once on a free weekend; a plan of visits goes before a trip."""
    travellers = [story.users[name] for name in ("specialist1", "specialist2", "specialist3", "specialist4")]
    for place, user in enumerate(travellers):
        first = story.day(-40 + 7 * place)
        first += timedelta(days=5 - first.weekday() if first.weekday() <= 5 else 6)
        trip = _asked(story, user, first, Decimal(600 + 450 * place), place)
        if trip is not None:
            days_ahead = trip.starts_on - timedelta(days=3)
            approve_all(story, request_for(SUBJECT, trip), days_ahead, 10, every=10)
            if place != 3:
                _report(story, trip, place)
    ahead = story.day(7)
    ahead += timedelta(days=(5 - ahead.weekday()) % 7)
    _asked(story, travellers[0], ahead, Decimal(1500), 2)


def _asked(story: Story, user: User, first: date, cost: Decimal, place: int) -> Trip | None:
    units = list(KeyAccount.objects.filter(owner=user).order_by("pk")[place : place + 2])
    day = min(first - timedelta(days=4), story.today)
    with story.at(day, 9, 10):
        values = {"starts_on": first, "ends_on": first + timedelta(days=1), "place": "长沙"}
        values |= {"purpose": _PURPOSES[place % 3], "estimate_amount": cost}
        trip = ask_trip(user, values, units)
        try:
            return submit_trip(trip, by=user)
        except BusinessError:  # taken by a visit already: the draft stays a draft
            return None


def _report(story: Story, trip: Trip, place: int) -> None:
    with story.at(trip.ends_on + timedelta(days=1), 17):
        report_trip(
            trip,
            "走访两家单位，确认了决策人和下一步安排。",
            trip.estimate_amount - Decimal(40 * place),
            by=trip.user,
        )
