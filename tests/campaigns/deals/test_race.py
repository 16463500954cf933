"""The deciding set signed twice at the same moment. Fails without locks: see tests/test_race_controls.py."""

from decimal import Decimal

import pytest

from campaigns.deals import services
from campaigns.deals.models import Adjustment, Crossing, Deal
from kam.core.clock import business_date
from tests.factories.accounts import make_unit
from tests.factories.campaigns import make_campaign, make_deal, make_rules, make_signed
from tests.racing import at_once, meeting

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_the_deciding_set_signed_twice_at_once_is_one_and_the_next(cast, monkeypatch):
    campaign = make_campaign(window_from=None, window_to=None)
    make_rules(campaign, sets=3)
    unit = make_unit("泉州商会", owner=cast.owner, channel="chamber")
    make_signed(unit, campaign, "甲")
    pair = [make_deal(unit, campaign, name) for name in ("乙", "丙")]
    monkeypatch.setattr(services, "_freeze_price", meeting(services._freeze_price))

    def sign(deal, number):
        day = business_date()
        return type(services.sign_deal(deal, contract_no=number, signed_on=day, by=cast.owner, version=1))

    assert at_once(lambda: sign(pair[0], "HT-1"), lambda: sign(pair[1], "HT-2")) == [Deal, Deal]
    assert [deal.net_total() for deal in Deal.objects.all()] == [Decimal("424496.80")] * 3
    assert (Crossing.objects.count(), Adjustment.objects.count()) == (1, 2)
