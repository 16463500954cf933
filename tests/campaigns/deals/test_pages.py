"""Deals in the browser: agreed, signed, paid, cancelled; what each person sees; constant statements."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.deals.models import Crossing, Deal, Payment
from campaigns.deals.selectors import lost_number
from campaigns.deals.services import cancel_deal
from kam.core.clock import business_date
from tests.factories.accounts import make_person, make_unit
from tests.factories.campaigns import make_campaign, make_deal, make_rules, make_signed


@pytest.fixture
def campaign(db):
    campaign = make_campaign(window_from=None, window_to=None)
    make_rules(campaign, sets=2)
    return campaign


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner, channel="chamber")


def test_from_the_record_to_the_first_payment(unit, campaign, cast, client_of):
    person, today = make_person(unit, "洪嘉伟"), business_date().isoformat()
    client = client_of(cast.owner)
    body = {
        "campaign": campaign.pk,
        "customer": person.pk,
        "quantity": "1",
        "list_amount": "442000",
        "payment_mode": "lump-sum",
    }
    wrong = client.post(f"/accounts/{unit.pk}/deals/new/", body | {"quantity": "0"})
    assert (wrong.status_code, Deal.objects.count()) == (422, 0)
    assert client.post(f"/accounts/{unit.pk}/deals/new/", body).status_code == 302
    deal = Deal.objects.get()
    page = client.get(deal.get_absolute_url()).content.decode()
    assert "If signed today" in page
    assert "433,160.00" in page
    assert "424,496.80" in page
    assert "Once set 2 is signed · 1 missing" in page
    answer = client.post(f"/deals/{deal.pk}/sign/", {"version": 1, "contract_no": "HT-1", "signed_on": today})
    assert answer.status_code == 302
    assert client.get(f"/deals/{deal.pk}/sign/").status_code == 403
    payment = {"amount": "100000", "received_on": today, "reference": "R-1"}
    assert client.post(f"/deals/{deal.pk}/payments/", payment).status_code == 403
    finance = client_of(cast.finance)
    assert finance.post(f"/deals/{deal.pk}/payments/", payment | {"amount": "999999"}).status_code == 422
    assert not Payment.objects.exists()
    assert finance.post(f"/deals/{deal.pk}/payments/", payment).status_code == 302
    page = finance.get(deal.get_absolute_url()).content.decode()
    assert "closed: first payment received" in page
    assert "333,160.00" in page
    make_signed(unit, campaign, "乙")
    page = client.get(deal.get_absolute_url()).content.decode()
    assert "-8,663.20" in page
    tab = client.get(f"/accounts/{unit.pk}/tabs/deals/").content.decode()
    assert "2 sets count" in tab
    assert "number reached" in tab
    assert "2" in client.get(campaign.get_absolute_url()).content.decode()


def test_the_director_decides_about_a_lost_number_from_the_list(unit, campaign, cast, client_of):
    deals = [make_signed(unit, campaign, name) for name in ("甲", "乙")]
    cancel_deal(deals[1], reason="没有贷款", by=cast.manager, version=deals[1].version)
    director = client_of(cast.director)
    page = director.get("/deals/").content.decode()
    assert "8,663.20 yuan of group discount are at stake" in page
    assert "at stake" not in client_of(cast.manager).get("/deals/").content.decode()
    loss = Crossing.objects.to_decide().get()
    url = f"/deals/numbers/{loss.pk}/"
    page = director.get(url).content.decode()
    told = (
        "没有贷款",
        "1 set of the unit counts now",
        "424,496.80",
        "433,160.00",
        "8,663.20",
        deals[0].number,
    )
    assert [word for word in told if word not in page] == []
    stale = {"version": loss.version + 1, "what": "keep", "reason": "好客户"}
    assert director.post(url, stale).status_code == 409
    assert director.post(url, stale | {"version": loss.version}).status_code == 302
    loss.refresh_from_db()
    assert loss.decision == "kept"
    assert director.get(url).status_code == 403


def test_what_is_at_stake_is_what_a_charge_back_would_book_today(unit, campaign, cast, client_of):
    deals = [make_signed(unit, campaign, name, quantity=2) for name in ("甲", "乙")]
    for deal in deals:
        deal.refresh_from_db()
        cancel_deal(deal, reason="换楼", by=cast.manager, version=deal.version)
    assert not Crossing.objects.to_decide().exists()
    first, second = (make_signed(unit, campaign, name) for name in ("丙", "丁"))
    cancel_deal(second, reason="没有贷款", by=cast.manager, version=second.version)
    loss = Crossing.objects.to_decide().get()
    lost = lost_number(loss)
    assert (lost.count, [row.deal for row in lost.rows], lost.total) == (1, [first], Decimal("8663.20"))
    make_signed(unit, campaign, "戊")
    lost = lost_number(loss)
    assert (lost.count, lost.rows, lost.total) == (2, [], 0)
    page = client_of(cast.director).get(f"/deals/numbers/{loss.pk}/").content.decode()
    assert "The number is reached again" in page


def test_the_list_filters_searches_and_exports_what_one_sees(unit, campaign, cast, client_of):
    make_signed(unit, campaign, "洪嘉伟")
    make_deal(unit, campaign, "蔡志明")
    other = make_unit("温州商会", owner=cast.other_team, channel="chamber")
    make_deal(other, campaign, "陌生人")
    client = client_of(cast.owner)
    page = client.get("/deals/").content.decode()
    assert ("洪嘉伟" in page, "蔡志明" in page, "陌生人" in page) == (True, True, False)
    assert "蔡志明" not in client.get("/deals/?state=signed").content.decode()
    assert "洪嘉伟" not in client.get("/deals/?q=蔡志明").content.decode()
    file = b"".join(client.get("/deals/?export=csv").streaming_content).decode()
    assert "433160.00" in file
    assert "温州商会" not in file
    finance = client_of(cast.finance).get("/deals/").content.decode()
    assert ("洪嘉伟" in finance, "蔡志明" in finance) == (True, False)


def test_statements_of_list_and_tab_do_not_grow(unit, campaign, cast, client_of):
    client = client_of(cast.owner)
    counts = {"/deals/": [], f"/accounts/{unit.pk}/tabs/deals/": []}
    for names in ("甲", "乙丙丁"):
        for name in names:
            make_signed(unit, campaign, name)
        for url, told in counts.items():
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                client.get(url)
            told.append(len(queries))
    assert [told[0] for told in counts.values()] == [told[1] for told in counts.values()]


def test_a_campaign_with_days_says_why_there_is_no_group_discount(unit, cast, client_of):
    campaign = make_campaign("old", window_from=date(2020, 5, 15), window_to=date(2020, 7, 15))
    make_rules(campaign, sets=1)
    deal = make_signed(unit, campaign)
    assert deal.price_amount == Decimal("433160.00")
    page = client_of(cast.owner).get(deal.get_absolute_url()).content.decode()
    assert "the day lies outside the offer; the regular discount stays" in page
    assert "does not count for the unit" in page
