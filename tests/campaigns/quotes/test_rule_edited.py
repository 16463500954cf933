"""The administrator edits a rule of discounts: seen beforehand, approved by two people; quotes made later differ, those before do not."""

from datetime import timedelta
from decimal import Decimal

import pytest

from campaigns.deals.services import DealTerms
from campaigns.discounts.models import DiscountVersion
from campaigns.quotes.services import make_quote
from kam.approvals.models import Request
from kam.approvals.routes import load_default_routes
from kam.approvals.rule_changes.models import RuleChange
from kam.core.clock import business_date
from tests.factories.accounts import make_person, make_unit
from tests.factories.campaigns import make_campaign, make_rules

pytestmark = pytest.mark.django_db
ADD = "/admin/approvals/rulechange/add/?kind=discount"


def test_an_edited_rule_prices_what_is_quoted_after_two_people_approved_it(cast, client_of):
    load_default_routes()
    campaign = make_campaign(window_from=None, window_to=None)
    make_rules(campaign, sets=9)
    unit = make_unit("泉州商会", owner=cast.owner, channel="chamber")
    last = business_date() + timedelta(days=7)

    def quoted(name):
        terms = DealTerms(campaign, make_person(unit, name), Decimal(442_000))
        return make_quote(unit, terms, valid_until=last, by=cast.owner)

    old = quoted("谢国庆")
    body = {
        "campaign": campaign.pk,
        "kind": "group",
        "channel": "chamber",
        "from_sets_1": "1",
        "factor_1": "0.97",
        "valid_from": business_date().isoformat(),
        "reason": "商会团购起点降低",
    }
    admin = client_of(cast.admin)
    draft = admin.post(ADD, body)
    preview = admin.get(draft["Location"]).content.decode()
    assert [word for word in (old.number, "420,165.20") if word not in preview] == []
    change = RuleChange.objects.get()
    admin.post(draft["Location"], body | {"_submit": "1", "version": change.version})
    assert quoted("蔡志明").price_amount == Decimal("433160.00")  # handed in is not in force
    for decider in (cast.director, cast.marketing):
        request = Request.objects.get()
        client = client_of(decider)
        answer = client.post(f"/approvals/{request.pk}/approve/", {"version": request.version})
        assert answer.status_code in {200, 302}
    assert DiscountVersion.objects.filter(channel="chamber", valid_until=None).get().number == 2
    new = quoted("洪嘉伟")
    old.refresh_from_db()
    assert (old.price_amount, new.price_amount) == (Decimal("433160.00"), Decimal("420165.20"))
    page = client_of(cast.owner).get(old.get_absolute_url()).content.decode()
    assert ("433,160.00" in page, "420,165.20" in page) == (True, False)
    assert "420,165.20" in client_of(cast.owner).get(new.get_absolute_url()).content.decode()
