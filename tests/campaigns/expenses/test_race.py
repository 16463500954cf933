"""One receipt claimed twice, one claim paid twice, in the same second. Fails without locks: see tests/test_race_controls.py."""

import pytest

from campaigns.budgets.selectors import balance_on
from campaigns.expenses import services
from campaigns.expenses.models import ExpenseClaim, Receipt
from kam.approvals.routes import load_default_routes
from kam.core.transitions import TransitionRefusedError
from tests.factories.budgets import line_of, make_budget
from tests.factories.expenses import make_approved_claim, make_claim, receipt_told
from tests.racing import at_once, meeting

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_a_claim_paid_by_two_at_once_is_paid_once(cast, monkeypatch):
    load_default_routes()
    line = line_of(make_budget(cast.manager), "交通费用")
    claim = make_approved_claim(cast.owner, line, 46)
    monkeypatch.setattr(services.budgets, "spend", meeting(services.budgets.spend))
    pay = lambda: type(services.pay_claim(claim, document="ZF-1", by=cast.finance))  # noqa: E731 -- run twice
    answers = at_once(pay, pay)
    assert sorted(answers, key=str) == sorted([ExpenseClaim, TransitionRefusedError], key=str)
    assert balance_on(line).spent == 46


def test_one_receipt_claimed_by_two_at_once_is_claimed_once(cast, monkeypatch):
    load_default_routes()
    line = line_of(make_budget(cast.manager), "交通费用")
    claims = [make_claim(who, line) for who in (cast.owner, cast.same_team)]
    monkeypatch.setattr(services, "_write", meeting(services._write))
    acts = [
        lambda claim=claim: type(services.add_receipt(claim, receipt_told(), None, by=claim.claimant))
        for claim in claims
    ]
    answers = at_once(*acts)
    assert (answers.count(Receipt), Receipt.objects.count()) == (1, 1)


def test_a_claim_paid_and_cancelled_at_once_is_one_of_both(cast, monkeypatch):
    load_default_routes()
    line = line_of(make_budget(cast.manager), "交通费用")
    claim = make_approved_claim(cast.owner, line, 46)
    monkeypatch.setattr(services, "_set", meeting(services._set))
    answers = at_once(
        lambda: type(services.pay_claim(claim, document="ZF-1", by=cast.finance)),
        lambda: type(services.cancel_claim(claim, "重复", by=cast.owner)),
    )
    assert sorted(answers, key=str) == sorted([ExpenseClaim, TransitionRefusedError], key=str)
    claim.refresh_from_db()
    spent = {"paid": 46, "cancelled": 0}[claim.state]
    assert (balance_on(line).reserved, balance_on(line).spent) == (0, spent)
