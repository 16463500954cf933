"""Spans as people say them: the largest unit and the one below, by the calendar."""

from datetime import datetime

import pytest
import time_machine
from django.template import Context, Template
from django.utils import timezone
from django.utils.translation import override

from kam.core.days import elapsed, elapsed_words, say_kept_days

ZONE = timezone.get_default_timezone()


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("since", "until", "counts", "words"),
    [
        ("2026-10-18 09:00", "2026-11-23 09:00", (0, 1, 5, 0, 0), "1 month 5 days"),
        ("2026-10-18 09:00", "2026-11-18 09:00", (0, 1, 0, 0, 0), "1 month"),
        ("2026-10-18 09:00", "2026-11-18 08:59", (0, 0, 30, 23, 59), "30 days 23 hours"),
        ("2026-11-18 09:00", "2026-11-23 09:30", (0, 0, 5, 0, 30), "5 days"),
        ("2026-11-23 09:00", "2026-11-23 10:01", (0, 0, 0, 1, 1), "1 hour 1 minute"),
        ("2026-11-23 09:00", "2026-11-23 09:00:59", (0, 0, 0, 0, 0), "0 minutes"),
        ("2026-11-23 09:00", "2026-11-22 09:00", (0, 0, 0, 0, 0), "0 minutes"),
        ("2025-01-31 09:00", "2025-02-28 09:00", (0, 1, 0, 0, 0), "1 month"),
        ("2024-02-29 09:00", "2025-02-28 09:00", (1, 0, 0, 0, 0), "1 year"),
        ("2024-12-31 23:59", "2026-01-01 00:00", (1, 0, 0, 0, 1), "1 year"),
    ],
)
def test_a_span_is_counted_by_the_calendar(since, until, counts, words):
    assert elapsed(at(since), at(until)) == counts
    with override("en"):
        assert elapsed_words(at(since), at(until)) == words


@pytest.mark.parametrize(
    ("language", "month", "day"), [("zh-hans", "1 个月", "5 天"), ("zh-hant", "1 個月", "5 天")]
)
def test_a_month_that_passed_is_no_january(language, month, day):
    with override(language):
        assert elapsed_words(at("2026-10-18 09:00"), at("2026-11-23 09:00")) == f"{month} {day}"


def test_templates_say_spans_in_our_words(settings):
    now = timezone.now()
    with override("en"):
        shown = Template("{{ now|timesince }} {{ none|timesince }}").render(
            Context({"now": now, "none": None})
        )
    assert shown == "0 minutes "


@pytest.mark.parametrize(
    ("language", "kept", "said"),
    [
        ("en", "Held 2026-11-11, due 2027-01-05", "Held 11 Nov, due 5 Jan 2027"),
        ("zh-hans", "石峰石油分公司 · 2026-11-11", "石峰石油分公司 · 11月11日"),
        ("zh-hans", "2026-11-23 16:30", "11月23日 16:30"),
        ("zh-hant", "2026-10的統計報表", "2026年10月的統計報表"),
        (
            "en",
            "KPI-2026-10-specialist2, SM-2026-0004, A-2026-W48, 2026-W48-2, 2026-W54, 2025-W53",
            "KPI-2026-10-specialist2, SM-2026-0004, A-2026-W48, 2026-W48-2, 2026-W54, 2025-W53",
        ),
        ("zh-hans", "蔡丽君 · 2026-W49", "蔡丽君 · 第49周"),
        ("zh-hant", "蔡麗君 · 2027-W01", "蔡麗君 · 2027年第1週"),
        ("en", "Cai Lijun · 2026-W49, 2025-W02", "Cai Lijun · week 49, week 2 of 2025"),
        ("en", "2026-11-23T08:00, 2026-13, 2026-02-30", "2026-11-23T08:00, 2026-13, 2026-02-30"),
        ("zh-hans", "中泰财富湘江3栋1201-05, 2005-08室", "中泰财富湘江3栋1201-05, 2005-08室"),
        ("en", "10.2026-11-11 and 2026-11-11-3", "10.2026-11-11 and 2026-11-11-3"),
    ],
)
def test_a_day_that_a_row_keeps_in_words_is_said_as_the_reader_says_it(language, kept, said):
    with override(language), time_machine.travel(at("2026-11-23 09:00"), tick=False):
        assert say_kept_days(kept) == said


def test_the_filter_of_kept_days_leaves_numbers_and_escapes_what_was_typed():
    with override("en"):
        page = Template("{{ text|dated }} {{ number|dated }} {{ nothing|dated }}")
        drawn = page.render(Context({"text": "<b>1999-05-01", "number": 2026, "nothing": None}))
    assert drawn == "&lt;b&gt;1 May 1999 2026 None"
