"""The same rebate asked for, and paid, by sixteen at once: one gets it.

The payment fails without locks: see tests/test_race_controls.py. Asking twice is lost without its constraint, below.
"""

import pytest
from django.db import OperationalError

from campaigns.rebates.models import Rebate, RebatePayment
from campaigns.rebates.services import claims, counter
from kam.core.errors import ConflictError
from tests.factories.rebates import make_checked, make_closed, make_place, make_rebate
from tests.racing import at_once, meeting, without_index

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_one_rebate_paid_by_sixteen_at_once_is_paid_once(cast, monkeypatch):
    unit, campaign, _person = make_place(cast)
    rebate = make_checked(make_closed(unit, campaign, cast), cast)
    monkeypatch.setattr(counter, "_book", meeting(counter._book))
    answers = at_once(*[lambda: type(counter.pay(rebate, by=cast.finance, version=rebate.version))] * 16)
    assert (answers.count(RebatePayment), answers.count(ConflictError)) == (1, 15)
    assert RebatePayment.objects.count() == 1


def test_one_deal_asked_for_by_sixteen_at_once_earns_once(cast, monkeypatch):
    unit, campaign, _person = make_place(cast)
    deal = make_closed(unit, campaign, cast)
    monkeypatch.setattr(claims, "_written", meeting(claims._written))
    answers = at_once(*[lambda: type(make_rebate(deal, cast))] * 16)
    # Where the machine is busy, some wait for the lock longer than they are allowed: that is a refusal, too.
    assert set(answers) - {OperationalError} == {Rebate, ConflictError}
    assert (answers.count(Rebate), Rebate.objects.count()) == (1, 1)


def test_without_lock_and_constraint_a_deal_earns_twice(cast, monkeypatch, settings):
    settings.SKIP_LOCKS = True
    unit, campaign, _person = make_place(cast)
    deal = make_closed(unit, campaign, cast)
    monkeypatch.setattr(claims, "_written", meeting(claims._written))
    with without_index("rebate_once_a_deal"):
        at_once(*[lambda: make_rebate(deal, cast)] * 2)
        assert Rebate.objects.count() == 2
