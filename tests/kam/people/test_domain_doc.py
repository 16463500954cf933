"""The worked example of docs/domain/rights.md is what the door does."""

import re
from datetime import datetime, timedelta

from django.conf import settings

from kam.people.rules import wait_after

TEXT = (settings.BASE_DIR / "docs/domain/rights.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(
    r"five wrong passwords at (\d+:\d+) → the right one is looked at from (\d+:\d+); a sixth wrong one at (\d+:\d+) → from (\d+:\d+)"
)


def clock(text):
    return datetime.strptime(text, "%H:%M")  # noqa: DTZ007 -- a wall clock, only differences count


def test_the_waits_of_the_page():
    fifth, opens, sixth, opens_again = map(clock, EXAMPLE.search(TEXT).groups())
    limits = {"free": 5, "first": timedelta(minutes=1), "most": timedelta(hours=1)}

    assert wait_after(4, **limits) == timedelta(0)
    assert fifth + wait_after(5, **limits) == opens
    assert sixth + wait_after(6, **limits) == opens_again
