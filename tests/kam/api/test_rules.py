"""Who may ask the API and how often. No database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kam.api.rules import Pace, bearer_of, is_covered, is_storable, is_usable, next_pace, number_of, page_size

NOW = datetime(2026, 6, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("began", "count", "after", "expected"),
    [
        (None, 0, 0, Pace(NOW, 1)),
        (NOW, 119, 59, Pace(NOW, 120)),
        (NOW, 120, 59, Pace(NOW, 120, 1)),
        (NOW, 120, 20, Pace(NOW, 120, 40)),
        (NOW, 120, 60, Pace(NOW + timedelta(seconds=60), 1)),
    ],
)
def test_a_hundred_and_twenty_a_minute(began, count, after, expected):
    assert next_pace(began, count, NOW + timedelta(seconds=after)) == expected


@pytest.mark.parametrize(
    ("told", "can"),
    [
        ({"a": ["泉州𠮷", 1, None, True, {"b": "\\u0000"}]}, True),
        ("\ud7ff\ue000", True),
        ("a\0", False),
        ({"a\0": 1}, False),
        ({"a": [{"b": "\ud800"}]}, False),
        (["\udfff"], False),
    ],
)
def test_what_the_database_can_keep(told, can):
    assert is_storable(told) is can


@pytest.mark.parametrize(
    ("header", "token"), [("Bearer abc", "abc"), ("bearer  abc ", "abc"), ("Basic abc", ""), ("", "")]
)
def test_bearer(header, token):
    assert bearer_of(header) == token


@pytest.mark.parametrize(
    ("revoked", "days", "active", "expected"),
    [(False, 0, True, True), (True, 0, True, False), (False, -1, True, False), (False, 0, False, False)],
)
def test_usable(revoked, days, active, expected):
    today = date(2026, 6, 1)
    told = {"revoked": revoked, "expires_on": today + timedelta(days), "is_active": active}
    assert is_usable(**told, today=today) is expected


def test_scopes_numbers_and_pages():
    assert is_covered("deals", ["deals"])
    assert not is_covered("deals", ["quotes"])
    assert [number_of(text) for text in ("12", "-1", "x", None, "1" * 19, "²")] == [
        12,
        None,
        None,
        None,
        None,
        None,
    ]
    assert [page_size(text) for text in (None, "1", "200", "201", "0", "x")] == [50, 1, 200, None, None, None]
