"""The application's role can neither pay a rebate twice, nor too early, nor change a payment, nor make a set earn twice."""

import psycopg2
import pytest

from campaigns.rebates.models import Rebate, RebatePayment
from campaigns.rebates.services import pay
from tests.application import attempts, contents_of, refusals
from tests.factories.rebates import make_checked, make_closed, make_payable, make_place

pytestmark = pytest.mark.django_db(transaction=True)

KEYS = {"campaigns_rebatepayment": "id"}
PAY = (
    'insert into campaigns_rebatepayment (rebate_id, "on", gross_amount, tax_amount, net_amount, by_id, created_at)'
    " values ({rebate}, {day}, {amount}, 0, {amount}, {by}, now())"
)


def test_a_payment_stands_and_is_made_once(cast, as_application):
    unit, campaign, _person = make_place(cast)
    paid = make_checked(make_closed(unit, campaign, cast, "甲"), cast)
    pay(paid, by=cast.finance, version=paid.version)
    unchecked = make_payable(make_closed(unit, campaign, cast, "乙"), cast)
    before = contents_of(KEYS)
    assert refusals(as_application, KEYS) == dict.fromkeys(attempts(KEYS), "InsufficientPrivilege")
    columns = ", ".join(f.column for f in Rebate._meta.concrete_fields if f.name != "id")
    told = {"day": "current_date + 30", "amount": 1_000, "by": cast.finance.pk}
    for sql, error in (
        (PAY.format(rebate=paid.pk, **told), "CheckViolation"),
        (PAY.format(rebate=unchecked.pk, **told), "CheckViolation"),
        (f"update campaigns_rebate set amount = 9 where id = {paid.pk}", "CheckViolation"),
        (f"update campaigns_rebate set state = 'verified' where id = {paid.pk}", "CheckViolation"),
        (f"insert into campaigns_rebate ({columns}) select {columns} from campaigns_rebate where id = {paid.pk}", "UniqueViolation"),
        (f"delete from campaigns_rebate where id = {paid.pk}", "InsufficientPrivilege"),
    ):  # fmt: skip
        with pytest.raises(psycopg2.Error) as refused:
            as_application(sql)
        assert type(refused.value).__name__ == error, sql
    assert (contents_of(KEYS), RebatePayment.objects.count()) == (before, 1)
