"""When a digest is due, on the person's own clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.today.rules import Moment, window, window_now
from kam.today.terms import Slot

DAY = date(2026, 6, 23)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(hour, minute=0, second=0, zone=SHANGHAI):
    return datetime(2026, 6, 23, hour, minute, second, tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("slot", "now", "moment"),
    [
        (Slot.PLAN, at(7, 59, 59), Moment.EARLY),
        (Slot.PLAN, at(8), Moment.DUE),
        (Slot.PLAN, at(8, 10), Moment.DUE),
        (Slot.PLAN, at(8, 20), Moment.LATE),
        (Slot.PLAN, at(12), Moment.LATE),
        (Slot.PLAN, at(12, 0, 1), Moment.OVER),
        (Slot.FOLLOWUP, at(16, 59, 59), Moment.EARLY),
        (Slot.FOLLOWUP, at(17), Moment.DUE),
        (Slot.FOLLOWUP, at(23, 59), Moment.LATE),
        (Slot.FOLLOWUP, at(23, 59, 1), Moment.OVER),
    ],
)
def test_where_an_instant_lies(slot, now, moment):
    assert window(slot, DAY, SHANGHAI).at(now) is moment


def test_each_person_has_the_hour_of_their_own_clock():
    urumqi, new_york = ZoneInfo("Asia/Urumqi"), ZoneInfo("America/New_York")
    assert window(Slot.PLAN, DAY, urumqi).opens == at(10)
    assert window(Slot.PLAN, DAY, new_york).opens == at(20)
    assert window_now(Slot.PLAN, at(8), new_york).day == date(2026, 6, 22)


zones = st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York"])


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), zones)
def test_the_instants_of_a_window_are_in_order_also_where_clocks_change(day, zone):
    for slot in Slot:
        found = window(slot, day, ZoneInfo(zone))
        assert found.opens < found.late_after < found.closes
        assert found.closes - found.opens <= timedelta(hours=7)
