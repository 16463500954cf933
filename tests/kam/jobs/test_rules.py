"""When work is due next."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.jobs.rules import LONGEST_PAUSE, Daily, Each, retry_at, rhythm_of

SHANGHAI = ZoneInfo("Asia/Shanghai")


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "found"),
    [
        (utc(2026, 6, 22, 23, 59), utc(2026, 6, 23, 0, 0)),  # 07:59 in Shanghai
        (utc(2026, 6, 23, 0, 0), utc(2026, 6, 24, 0, 0)),
        (utc(2026, 6, 23, 12, 0), utc(2026, 6, 24, 0, 0)),
    ],
)
def test_daily_work_follows_the_departments_clock(now, found):
    assert rhythm_of("daily 08:00").next_after(now, SHANGHAI) == found


def test_minute_work_is_due_again_when_the_next_tick_comes_a_little_early():
    due = Each(timedelta(minutes=1)).next_after(utc(2026, 6, 23, 8, 0, 1), SHANGHAI)
    assert due == utc(2026, 6, 23, 8, 0, 50)


@pytest.mark.parametrize("every", ["hourly", "daily", "daily 25:00", timedelta(seconds=59)])
def test_what_is_no_rhythm_is_refused(every):
    with pytest.raises(ValueError, match=r".+"):
        rhythm_of(every)


def test_pauses_grow_and_never_pass_the_regular_time():
    now, regular = utc(2026, 6, 23), utc(2026, 6, 24)
    pauses = [(retry_at(now, n, regular) - now).seconds // 60 for n in range(1, 9)]
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    assert retry_at(now, 5, now + timedelta(minutes=3)) == now + timedelta(minutes=3)
    assert timedelta(minutes=60) == LONGEST_PAUSE


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), st.times())  # noqa: DTZ001 -- made aware below
def test_daily_work_is_due_once_in_each_day(now, at):
    now = now.replace(tzinfo=UTC)
    daily = Daily(at.replace(tzinfo=None, fold=0))
    first = daily.next_after(now, SHANGHAI)
    assert now < first <= now + timedelta(days=1)
    assert daily.next_after(first, SHANGHAI) == first + timedelta(days=1)
