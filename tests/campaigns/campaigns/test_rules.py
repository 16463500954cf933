"""Which phases hold on a day. No database."""

from datetime import date

import pytest

from campaigns.campaigns.rules import Span, current_phases

PHASES = (Span("collect", date(2008, 5, 1), date(2008, 5, 30)), Span("sign", date(2008, 6, 1)))


@pytest.mark.parametrize(
    ("day", "current"),
    [
        (date(2008, 4, 30), []),
        (date(2008, 5, 1), ["collect"]),
        (date(2008, 5, 30), ["collect"]),
        (date(2008, 5, 31), []),
        (date(2030, 1, 1), ["sign"]),
    ],
)
def test_first_and_last_day_belong_to_a_phase_and_an_open_one_does_not_end(day, current):
    assert current_phases(PHASES, day) == current
