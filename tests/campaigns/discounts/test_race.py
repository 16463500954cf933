"""Two versions of one rule put in force at the same moment. Fails without locks: see tests/test_race_controls.py."""

import pytest

from campaigns.discounts import services
from campaigns.discounts.models import DiscountVersion
from campaigns.discounts.rules.benefits import Tier
from tests.campaigns.discounts.books import factor
from tests.campaigns.discounts.test_versions import days, new
from tests.factories.campaigns import make_campaign
from tests.racing import at_once, meeting

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_two_versions_put_in_force_at_once_are_one_after_the_other(cast, monkeypatch):
    monkeypatch.setattr(services, "_close", meeting(services._close))
    campaign = make_campaign()

    def put(text):
        return type(services.put_in_force(new(campaign, Tier(9, factor(text))), by=cast.director))

    assert at_once(lambda: put("0.98"), lambda: put("0.97")) == [DiscountVersion, DiscountVersion]
    first, second = days(campaign)
    assert (first[0], first[1] == first[2], second[0], second[2]) == (1, True, 2, None)
