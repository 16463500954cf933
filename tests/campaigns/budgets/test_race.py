"""The last yuan of a line, asked for sixteen times in the same second. Fails without locks: see tests/test_race_controls.py."""

from decimal import Decimal

import pytest

from campaigns.budgets import services
from campaigns.budgets.models import BudgetChange, Movement
from campaigns.budgets.selectors import balance_on, verify_ledger
from campaigns.budgets.services import changes, ledger
from kam.approvals.routes import load_default_routes
from kam.core.errors import BusinessError
from tests.factories.budgets import PAPER, line_of, make_budget
from tests.racing import at_once, meeting, without_constraint

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_the_last_yuan_of_a_line_is_booked_once_and_refused_fifteen_times(cast, monkeypatch):
    budget = make_budget(cast.manager, (1, "公关招待费", 1))
    line = line_of(budget)
    monkeypatch.setattr(ledger, "_book", meeting(ledger._book))

    def ask():
        return type(services.reserve(line, Decimal(1), source=PAPER, by=cast.finance))

    answers = at_once(*[ask] * 16)
    assert (answers.count(services.Booked), answers.count(BusinessError)) == (1, 15)
    assert (balance_on(line).free, Movement.objects.filter(kind="reserve").count()) == (0, 1)
    assert verify_ledger().ok


def test_without_lock_and_constraint_the_line_is_overspent(cast, monkeypatch, settings):
    settings.SKIP_LOCKS = True
    budget = make_budget(cast.manager, (1, "公关招待费", 1))
    line = line_of(budget)
    monkeypatch.setattr(ledger, "_book", meeting(ledger._book))
    with without_constraint("campaigns_linebalance", "budget_not_overdrawn"):
        at_once(*[lambda: services.reserve(line, Decimal(1), source=PAPER, by=None)] * 2)
        assert balance_on(line).free == -1


def test_two_transfers_the_other_way_round_do_not_wait_for_each_other(cast, monkeypatch):
    load_default_routes()
    budget = make_budget(cast.manager, (1, "公关招待费", 100), (1, "礼品费", 100))
    one, two = line_of(budget, "公关招待费"), line_of(budget, "礼品费")
    monkeypatch.setattr(changes, "lock_line", meeting(changes.lock_line))

    def ask(line, from_line):
        report = services.Report(line, Decimal(10), "临时增加", from_line)
        return lambda: type(services.ask_change(report, by=cast.manager))

    assert at_once(ask(one, two), ask(two, one)) == [BudgetChange, BudgetChange]
