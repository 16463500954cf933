"""Finance reads what there is to pay: how many and how much, of what is decided and due."""

from datetime import timedelta

import pytest

from campaigns.expenses.services import pay_claim
from kam.approvals.routes import load_default_routes
from kam.core.clock import business_date
from kam.today.registry import dues
from kam.users.terms import Position
from tests.factories.budgets import line_of, make_budget
from tests.factories.expenses import make_approved_claim, make_claim
from tests.factories.kam import make_user
from tests.factories.purchases import make_approved, make_received
from tests.factories.rebates import make_closed, make_payable, make_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(cast):
    load_default_routes()
    return line_of(make_budget(cast.manager), "不可预计费用")


def read(users, kind, day=None):
    (due,) = [due for due in dues(Position.FINANCE) if due.key == f"payable.{kind}"]
    return due.collect(users, day or business_date())


def test_each_of_finance_reads_the_sum_of_decided_claims(cast, line):
    second = make_user("finance-2", Position.FINANCE)
    assert read([cast.finance, second], "claims") == {}
    make_claim(cast.owner, line, 5)  # a draft
    make_approved_claim(cast.owner, line, 46)
    paid = make_approved_claim(cast.same_team, line, 54)
    told = [("2 expense claims to pay, 100.00 yuan", "/expenses/")]
    assert read([cast.finance, second], "claims") == {cast.finance.pk: told, second.pk: told}
    pay_claim(paid, document="ZF-1", by=cast.finance)
    assert read([cast.finance], "claims")[cast.finance.pk][0][0] == "1 expense claim to pay, 46.00 yuan"


def test_a_purchase_is_paid_once_it_came(cast, line):
    make_approved(cast.owner, line, 680)
    assert read([cast.finance], "purchases") == {}
    make_received(cast.same_team, line, cast.clerk, 500)
    told = [("1 purchase received and to be paid, 500.00 yuan", "/purchases/")]
    assert read([cast.finance], "purchases") == {cast.finance.pk: told}


def test_a_rebate_is_told_from_its_day_on(cast):
    unit, campaign, _person = make_place(cast)
    rebate = make_payable(make_closed(unit, campaign, cast), cast)
    assert read([cast.finance], "rebates", rebate.due_on - timedelta(1)) == {}
    told = [(f"1 rebate to pay, {rebate.amount:,.2f} yuan", "/rebates/")]
    assert read([cast.finance], "rebates", rebate.due_on) == {cast.finance.pk: told}
