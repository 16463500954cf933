"""Forms of briefings: short rows side by side, so that a form and its signatures stand on one sheet."""

import pytest

from campaigns.briefings.documents import side_by_side


@pytest.mark.parametrize(
    ("rows", "columns", "shown"),
    [
        ([], 2, []),
        ([1], 2, [[1, None]]),
        ([1, 2, 3], 2, [[1, 2], [3, None]]),
        ([1, 2, 3, 4], 3, [[1, 2, 3], [4, None, None]]),
    ],
)
def test_rows_stand_side_by_side_and_the_last_is_filled_up(rows, columns, shown):
    assert side_by_side(rows, columns) == shown
