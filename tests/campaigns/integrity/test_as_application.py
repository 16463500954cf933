"""What was written of prices, payments and benefits stands: the application's role adds rows and changes none."""

from datetime import date
from decimal import Decimal

import psycopg2
import pytest
from django.db import DatabaseError, transaction

from campaigns.deals.services import receive_payment
from campaigns.integrity import services
from campaigns.integrity.models import Benefit
from kam.core.clock import business_date
from tests.application import attempts, contents_of, refusals
from tests.factories.accounts import make_unit
from tests.factories.campaigns import make_campaign, make_rules, make_signed
from tests.factories.integrity import make_benefit, make_receiver

pytestmark = pytest.mark.django_db(transaction=True)

KEYS = {
    "campaigns_benefit": "id",
    "campaigns_benefitmove": "id",
    "campaigns_policyversion": "id",
    "campaigns_discountversion": "id",
    "campaigns_discounttier": "id",
    "campaigns_payment": "id",
    "campaigns_adjustment": "id",
}


@pytest.fixture
def benefit(cast):
    campaign = make_campaign(window_from=None, window_to=None)
    make_rules(campaign, sets=2)
    unit = make_unit(owner=cast.owner, channel="chamber")
    for name in ("甲", "乙"):
        deal = make_signed(unit, campaign, name)
    receive_payment(deal, amount=Decimal(1), received_on=business_date(), reference="R-1", by=cast.finance)
    row = make_benefit(make_receiver(unit), cast.owner)
    services.give(row, by=cast.owner)
    return row


def test_the_application_changes_nothing_that_only_grows(benefit, as_application):
    before = contents_of(KEYS)
    assert all(count for count, _digest in before.values())
    assert refusals(as_application, KEYS) == dict.fromkeys(attempts(KEYS), "InsufficientPrivilege")
    assert contents_of(KEYS) == before


def test_the_database_refuses_what_the_register_does_not_know(benefit, as_application):
    move = (
        'insert into campaigns_benefitmove (benefit_id, kind, "on", gross_amount, tax_amount, net_amount, reason,'
        f" created_at) values ({benefit.pk}, '{{kind}}', now(), 5, {{tax}}, 4, '{{reason}}', now())"
    )
    for told in (
        {"kind": "freed", "tax": 0, "reason": "x"},  # the net is not what is left
        {"kind": "freed", "tax": 1, "reason": ""},  # freed without a reason
    ):
        with pytest.raises(psycopg2.errors.CheckViolation):
            as_application(move.format(**told))
    with pytest.raises(psycopg2.errors.UniqueViolation):
        as_application(move.format(kind="given", tax=1, reason=""))
    other = make_benefit(benefit.person, benefit.giver, 40, on=date(2026, 3, 1))
    services.free(other, by=None, reason="x")
    with pytest.raises(psycopg2.errors.CheckViolation, match="given no more"):
        as_application(move.format(kind="given", tax=1, reason="").replace(str(benefit.pk), str(other.pk), 1))


def test_the_owner_is_refused_by_trigger(benefit):
    rows = Benefit.objects.all()
    for act in (lambda: rows.update(text="x"), lambda: rows._raw_delete(rows.db)):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()
