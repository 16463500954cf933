"""When the compliance decider is asked once more after a reception, without a database."""

import pytest

from campaigns.receptions.rules import Share, is_asked_afterwards

ALLOWED = Share(100, 100, is_over_limit=True)
DEARER = Share(100, 101, is_over_limit=True)
BELOW = Share(100, 400, is_over_limit=False)


@pytest.mark.parametrize(
    ("shares", "is_asked"),
    [
        ((), False),
        ((ALLOWED,), False),
        ((BELOW,), False),
        ((DEARER,), True),
        ((ALLOWED, BELOW, DEARER), True),
        ((ALLOWED, BELOW), False),
    ],
)
def test_only_a_share_above_a_limit_and_above_what_was_allowed_is_asked_again(shares, is_asked):
    assert is_asked_afterwards(shares) is is_asked
