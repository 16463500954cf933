"""The ledger only grows and balances follow it alone: the application's role can neither change an entry nor touch a balance."""

import psycopg2
import pytest
from django.db import DatabaseError, transaction

from campaigns.budgets.models import HeldAmount, Movement
from campaigns.budgets.selectors import balance_on
from tests.application import attempts, contents_of, refusals
from tests.factories.budgets import line_of, make_budget, make_payment, make_reservation

pytestmark = pytest.mark.django_db(transaction=True)

KEYS = {
    "campaigns_movement": "id",
    "campaigns_linebalance": "line_id",
    "campaigns_heldamount": "reservation_id",
}


@pytest.fixture
def budget(cast):
    budget = make_budget(cast.manager)
    make_payment(budget, cast.finance)
    return budget


def test_the_application_cannot_change_the_ledger_or_a_balance(budget, as_application):
    before = contents_of(KEYS)
    assert all(count for count, _digest in before.values())
    assert refusals(as_application, KEYS) == dict.fromkeys(attempts(KEYS), "InsufficientPrivilege")
    insert = "insert into campaigns_linebalance (line_id, budgeted, reserved, spent) select line_id, 1, 0, 0 from campaigns_linebalance"
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        as_application(insert)
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        as_application("insert into campaigns_heldamount select id, 1, line_id from campaigns_movement")
    assert contents_of(KEYS) == before


def test_the_application_adds_an_entry_and_the_database_adds_it_up(budget, as_application):
    line = line_of(budget)
    as_application(
        'insert into campaigns_movement (line_id, kind, "on", budgeted, reserved, spent, source_kind, source_id,'
        f" source_label, text, created_at) values ({line.pk}, 'reserve', now(), 0, 7, 0, '', '', '', '', now())"
    )
    assert (balance_on(line).reserved, balance_on(line).free) == (7, 4_893)
    assert HeldAmount.objects.order_by("pk").last().amount == 7


def test_half_a_transfer_is_refused_when_the_transaction_ends(budget, as_application):
    line = line_of(budget)
    change = (
        "insert into campaigns_budgetchange (number, kind, line_id, from_line_id, amount, reason, state, asked_by_id,"
        f" asked_on, created_at, version) values ('T', 'transfer', {line.pk}, {line_of(budget, '交通费用').pk}, 1, '',"
        f" 'approved', {budget.drafted_by_id}, now(), now(), 1) returning id"
    )
    ((pk,),) = as_application(change)
    half = (
        'insert into campaigns_movement (line_id, kind, "on", budgeted, reserved, spent, change_id, source_kind,'
        f" source_id, source_label, text, created_at) values ({line.pk}, 'transfer', now(), 1, 0, 0, {pk}, '', '', '',"
        " '', now())"
    )
    with pytest.raises(psycopg2.errors.CheckViolation, match="takes from one line"):
        as_application(half)
    assert balance_on(line).budgeted == 5_000


def test_a_payment_above_what_was_approved_is_refused_without_its_report(budget, as_application):
    line = line_of(budget)
    held = make_reservation(budget, budget.drafted_by)
    dear = (
        'insert into campaigns_movement (line_id, kind, "on", budgeted, reserved, spent, reservation_id, source_kind,'
        f" source_id, source_label, text, created_at) values ({line.pk}, 'spend', now(), 0, -100, 101, {held.pk}, '', '',"
        " '', '', now())"
    )
    with pytest.raises(psycopg2.errors.CheckViolation, match="needs a report"):
        as_application(dear)
    assert (balance_on(line).spent, balance_on(line).reserved) == (100, 100)


def test_the_owner_is_refused_by_trigger(budget):
    before = contents_of(KEYS)
    rows = Movement.objects.all()
    for act in (lambda: rows.update(text="x"), lambda: rows._raw_delete(rows.db)):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()
    assert contents_of(KEYS) == before
