"""Lines add up, balances are the sum of their entries, nothing falls below nought – database-free."""

from decimal import Decimal

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from campaigns.budgets.rules import (
    Balance,
    Delta,
    Load,
    Planned,
    Problem,
    balance_of,
    loads_of,
    missing,
    missing_to_spend,
    numbers_of,
    over_approved,
    over_line,
    parents_of,
    releasing,
    reserving,
    reversing,
    shape_problem,
    shares,
    spending,
    sum_problem,
    total_of,
)
from campaigns.budgets.terms import MovementKind


def tree(*rows):
    return [Planned(level, name, Decimal(amount)) for level, name, amount in rows]


def source(transport=5_000, vouchers=15_000):
    return tree(
        (1, "advertising", 15_000),
        (1, "gifts", 25_000),
        (2, "general", 5_000),
        (2, "key persons", 20_000),
        (3, "fine", 5_000),
        (3, "vouchers", vouchers),
        (1, "entertaining", 5_000),
        (1, "transport", transport),
        (1, "unforeseen", 5_000),
    )


def test_t23_the_housing_budget_adds_up_to_55000():
    assert (total_of(source()), sum_problem(source())) == (Decimal(55_000), None)


def test_t24_the_gift_box_budget_adds_up_to_52000():
    budget = source(transport=2_000)
    assert (total_of(budget), sum_problem(budget)) == (Decimal(52_000), None)


def test_t25_parts_that_do_not_add_up_are_an_error_at_their_parent():
    assert sum_problem(source(vouchers=14_000)) == Problem(3, "sum", Decimal(20_000), Decimal(19_000))


def test_lines_are_numbered_by_their_place_in_the_tree():
    assert numbers_of(source()) == ["1", "2", "2.1", "2.2", "2.2.1", "2.2.2", "3", "4", "5"]
    assert parents_of(source()) == [None, None, 1, 1, 3, 3, None, None, None]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ([], Problem(0, "empty")),
        (tree(*[(1, "x", 1)] * 61), Problem(60, "many")),
        (tree((2, "x", 1)), Problem(0, "level")),
        (tree((1, "x", 1), (3, "y", 1)), Problem(1, "level")),
        (tree((1, "a", 1), (2, "b", 1), (3, "c", 1), (4, "d", 1), (5, "e", 1)), Problem(4, "level")),
        (tree((1, "x", 1), (0, "y", 1)), Problem(1, "level")),
        (tree((1, "x", -1)), Problem(0, "negative")),
        (source(), None),
    ],
)
def test_what_is_no_tree_is_told_at_its_line(lines, problem):
    assert shape_problem(lines) == problem


def test_a_budget_of_nothing_is_not_handed_in():
    assert sum_problem(tree((1, "x", 0))) == Problem(0, "nothing")


def test_t26_5001_on_a_line_of_5000_lacks_one_yuan():
    assert missing(Balance(Decimal(5_000)), Decimal(5_001)) == 1
    assert missing(Balance(Decimal(5_001)), Decimal(5_001)) == 0


def test_t27_thirty_gifts_of_200_warn_against_the_line_and_not_against_its_parent():
    planned = Decimal(30 * 200)
    assert (over_line(Balance(Decimal(5_000)), planned), over_line(Balance(Decimal(20_000)), planned)) == (
        1_000,
        0,
    )


@pytest.mark.parametrize(
    ("balance", "shown"),
    [
        (Balance(), (0, 0)),
        (Balance(Decimal(55_000), Decimal(5_172), Decimal("28004.50")), (Decimal("50.9"), Decimal("9.4"))),
    ],
)
def test_bars_show_parts_of_the_budget(balance, shown):
    assert shares(balance) == shown


def test_a_payment_takes_its_reservation_and_releases_the_rest():
    assert spending(Decimal(990), Decimal(792)) == [
        Delta(MovementKind.SPEND, reserved=Decimal(-792), spent=Decimal(792)),
        releasing(Decimal(198)),
    ]
    assert spending(Decimal(990), Decimal(1_000)) == [
        Delta(MovementKind.SPEND, reserved=Decimal(-990), spent=Decimal(1_000))
    ]
    left = Balance(Decimal(1_000), Decimal(990))
    assert [missing_to_spend(left, Decimal(990), Decimal(n)) for n in (1_000, 1_001)] == [0, 1]


def test_only_what_goes_above_the_approved_sum_is_asked_afterwards():
    bills = ("99.99", "100.00", "100.01")
    assert [over_approved(Decimal(100), Decimal(bill)) for bill in bills] == [0, 0, Decimal("0.01")]


amounts = st.decimals(Decimal("0.01"), Decimal(3_000), places=2)


class Ledger(RuleBasedStateMachine):
    """Any sequence of acts, as the services do them: ask the rules, then write."""

    def __init__(self):
        super().__init__()
        self.entries = []
        self.balance = Balance()
        self.held = {}
        self.paid = []

    def write(self, *deltas):
        for delta in deltas:
            self.entries.append(delta)
            self.balance = self.balance.after(delta)

    @rule(amount=amounts)
    def give(self, amount):
        self.write(Delta(MovementKind.SUPPLEMENT, budgeted=amount))

    @rule(amount=amounts)
    def take_for_another_line(self, amount):
        if not missing(self.balance, amount):
            self.write(Delta(MovementKind.TRANSFER, budgeted=-amount))

    @rule(amount=amounts)
    def reserve(self, amount):
        lacking = missing(self.balance, amount)
        assert lacking == max(amount - self.balance.free, 0)
        if not lacking:
            self.held[len(self.entries)] = amount
            self.write(reserving(amount))

    @precondition(lambda self: self.held)
    @rule(amount=amounts, data=st.data())
    def spend(self, amount, data):
        key = data.draw(st.sampled_from(sorted(self.held)))
        if missing_to_spend(self.balance, self.held[key], amount):
            return
        entries = spending(self.held.pop(key), amount)
        self.paid.append((key, entries[0]))
        self.write(*entries)

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def release(self, data):
        key = data.draw(st.sampled_from(sorted(self.held)))
        self.write(releasing(self.held.pop(key)))

    @precondition(lambda self: self.paid)
    @rule(data=st.data())
    def take_back(self, data):
        key, delta = self.paid.pop(data.draw(st.integers(0, len(self.paid) - 1)))
        self.held[key] = self.held.get(key, Decimal(0)) - delta.reserved
        self.write(reversing(delta))

    @invariant()
    def the_balance_is_the_sum_and_nothing_is_below_nought(self):
        assert balance_of(self.entries) == self.balance
        assert sum(self.held.values(), Decimal(0)) == self.balance.reserved
        assert min(self.balance.free, self.balance.reserved, self.balance.spent) >= 0


Ledger.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestAnySequenceOfActs = Ledger.TestCase


def test_two_lines_together_and_an_entry_taken_back():
    assert Balance(Decimal(5), Decimal(2), Decimal(1)).plus(Balance(Decimal(1))) == Balance(
        Decimal(6), Decimal(2), Decimal(1)
    )
    paid = Delta(MovementKind.SPEND, reserved=Decimal(-3), spent=Decimal(4))
    assert reversing(paid) == Delta(MovementKind.REVERSE, Decimal(0), Decimal(3), Decimal(-4))


def test_each_column_of_a_balance_counts():
    first, more = Balance(Decimal(100), Decimal(30), Decimal(20)), Balance(Decimal(7), Decimal(3), Decimal(2))
    assert (first.free, first.plus(more)) == (50, Balance(Decimal(107), Decimal(33), Decimal(22)))
    delta = Delta(MovementKind.TRANSFER, Decimal(7), Decimal(3), Decimal(2))
    assert first.after(delta) == first.plus(more)
    assert first.after(delta).after(reversing(delta)) == first


def test_sixty_lines_and_a_line_of_nothing_are_a_tree_and_sixty_one_are_too_many():
    lines = tree(*((1, "line", n) for n in range(60)))
    assert (shape_problem(lines), shape_problem([*lines, *lines[:1]])) == (None, Problem(60, "many"))


def test_a_plan_is_added_up_by_the_lines_that_bear_it():
    planned = [(7, Decimal(30)), (5, Decimal(10)), (7, Decimal(31))]
    held = Balance(Decimal(100), Decimal(30), Decimal(20))
    assert loads_of(planned, {7: held}) == [
        Load(7, Decimal(61), Decimal(50), Decimal(11)),
        Load(5, Decimal(10), Decimal(0), Decimal(10)),
    ]
