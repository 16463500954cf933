"""In time or not, and what a movement does to the stock."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.materials.rules import change_of, is_possible, standing_on
from campaigns.materials.terms import MoveKind, Standing

DUE = date(2008, 5, 25)


@pytest.mark.parametrize(
    ("due", "there", "today", "standing"),
    [
        (DUE, None, DUE, Standing.PENDING),
        (DUE, None, DUE + timedelta(1), Standing.OVERDUE),
        (None, None, DUE, Standing.PENDING),
        (DUE, DUE, DUE + timedelta(9), Standing.IN_PLACE),
        (DUE, DUE + timedelta(1), DUE + timedelta(9), Standing.CAME_LATE),
        (None, DUE, DUE, Standing.IN_PLACE),
    ],
)
def test_the_due_day_itself_is_on_time(due, there, today, standing):
    assert standing_on(due, there, today) is standing


def test_a_count_writes_the_difference_and_nothing_moves_without_a_quantity():
    assert [change_of(kind, 3, 10) for kind in MoveKind] == [3, -3, 3, -7]
    told = [(k, q) for k in MoveKind for q in (-1, 0, 1, 10, 11) if is_possible(k, q, 10)]
    assert [q for k, q in told if k is MoveKind.RECEIPT] == [1, 10, 11]
    assert [q for k, q in told if k is MoveKind.ISSUE] == [1, 10]
    assert [q for k, q in told if k is MoveKind.RETURN] == [1, 10, 11]
    assert [q for k, q in told if k is MoveKind.COUNT] == [0, 1, 10, 11]


@given(st.lists(st.tuples(st.sampled_from(list(MoveKind)), st.integers(-5, 50)), max_size=20))
def test_no_order_of_movements_takes_the_stock_below_nothing(moves):
    stock = 0
    for kind, quantity in moves:
        if is_possible(kind, quantity, stock):
            stock += change_of(kind, quantity, stock)
        assert stock >= 0
