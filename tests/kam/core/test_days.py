"""Spans as people say them: the largest unit and the one below, by the calendar."""

from datetime import datetime

import pytest
from django.template import Context, Template
from django.utils import timezone
from django.utils.translation import override

from kam.core.days import elapsed, elapsed_words

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
