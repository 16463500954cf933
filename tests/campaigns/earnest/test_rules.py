"""Who is called when."""

from hypothesis import given
from hypothesis import strategies as st

from campaigns.earnest.rules import Waiting, calling_order, is_gapless, next_serial
from campaigns.earnest.terms import BuyerKind

A, B = BuyerKind.GROUP, BuyerKind.ORDINARY


def test_group_buyers_come_first_then_the_serial_and_who_passed_after_all_others():
    rows = [Waiting(1, B, 1), Waiting(2, A, 3), Waiting(3, A, 2), Waiting(4, A, 4, passed=1)]
    assert [one.serial for one in calling_order(rows)] == [2, 3, 1, 4]


def test_serials_follow_one_another():
    assert (next_serial(0), next_serial(7)) == (1, 8)
    assert (is_gapless([2, 1, 3]), is_gapless([1, 3]), is_gapless([1, 1]), is_gapless([])) == (
        True,
        False,
        False,
        True,
    )


@given(st.permutations(range(1, 9)), st.sets(st.integers(1, 8)))
def test_the_order_of_typing_in_does_not_matter(serials, group):
    rows = [Waiting(serial, A if serial in group else B, serial) for serial in serials]
    assert calling_order(rows) == calling_order(sorted(rows, key=lambda one: one.serial))
