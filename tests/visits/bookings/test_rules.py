from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visits.bookings.rules import Slot, free_slots, parse_hours, windows_of

MONDAY = date(2026, 6, 29)
HOURS = ((time(8, 30), time(12)), (time(13, 30), time(17, 30)))
HOUR = timedelta(hours=1)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 6, 29, hour, minute, tzinfo=UTC)


def test_hours_are_two_ends():
    assert parse_hours(" 08:30-12:00 ") == (time(8, 30), time(12))


@pytest.mark.parametrize("text", ["", "8:30-12:00", "08:30", "12:00-12:00", "13:00-12:00", "25:00-26:00"])
def test_anything_else_is_no_hours(text):
    with pytest.raises(ValueError, match=r"form|ends before|hour must be"):
        parse_hours(text)


def test_windows_are_cut_off_at_a_moment_on_half_hours():
    spans = windows_of([MONDAY], HOURS, UTC, after=at(9, 10))

    assert spans == [Slot(at(9, 30), at(12)), Slot(at(13, 30), at(17, 30))]


def test_a_window_that_is_over_is_none():
    assert windows_of([MONDAY], HOURS, UTC, after=at(12)) == [Slot(at(13, 30), at(17, 30))]
    assert windows_of([MONDAY], HOURS, UTC, after=at(17, 10)) == []


def test_free_slots_lie_around_what_is_taken():
    spans = windows_of([MONDAY], HOURS, UTC)

    found = free_slots(spans, [Slot(at(8, 30), at(11, 30))], length=HOUR, limit=2)

    assert found == [Slot(at(13, 30), at(14, 30)), Slot(at(14, 30), at(15, 30))]


def test_touching_ends_are_no_clash():
    assert not Slot(at(9), at(10)).overlaps(Slot(at(10), at(11)))
    assert not Slot(at(10), at(11)).overlaps(Slot(at(9), at(10)))


def test_a_full_day_offers_nothing():
    assert free_slots(windows_of([MONDAY], HOURS, UTC), [Slot(at(0), at(23))], length=HOUR, limit=3) == []


minutes = st.integers(min_value=0, max_value=23 * 60)


@given(
    st.lists(st.tuples(minutes, st.integers(min_value=1, max_value=300)), max_size=8), st.integers(30, 240)
)
def test_an_offered_slot_never_touches_anything_taken(taken, length):
    """Kills: comparing with <= at the wrong end; skipping a blocker that began before the window."""
    busy = [Slot(at(0) + timedelta(minutes=m), at(0) + timedelta(minutes=m + n)) for m, n in taken]
    spans = windows_of([MONDAY], HOURS, UTC)

    for slot in free_slots(spans, busy, length=timedelta(minutes=length), limit=3):
        assert not any(slot.overlaps(other) for other in busy)
        assert any(s.start <= slot.start and slot.end <= s.end for s in spans)
