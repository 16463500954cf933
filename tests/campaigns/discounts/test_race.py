"""Sixteen versions of one rule put in force at the same moment. Fails without locks: see tests/test_race_controls.py."""

import pytest

from campaigns.discounts import services
from campaigns.discounts.models import DiscountVersion
from campaigns.discounts.rules.benefits import Tier
from tests.campaigns.discounts.books import factor
from tests.campaigns.discounts.test_versions import days, new
from tests.factories.campaigns import make_campaign
from tests.racing import at_once, meeting

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_sixteen_versions_put_in_force_at_once_are_one_after_the_other(cast, monkeypatch):
    monkeypatch.setattr(services, "_close", meeting(services._close))
    campaign = make_campaign()

    def put(percent):
        tier = Tier(9, factor(f"0.{percent}"))
        return lambda: type(services.put_in_force(new(campaign, tier), by=cast.director))

    assert at_once(*[put(percent) for percent in range(80, 96)]) == [DiscountVersion] * 16
    rows = days(campaign)
    assert [row[0] for row in rows] == list(range(1, 17))
    assert all(row[1] == row[2] for row in rows[:-1])
    assert rows[-1][2] is None
