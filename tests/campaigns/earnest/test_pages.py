"""Earnest money in the browser: noted, confirmed, called, chosen, printed; constant statements."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.deals.models import Deal
from campaigns.earnest.models import Call, Earnest
from campaigns.earnest.permissions import can_change_earnest, can_confirm_receipt
from kam.approvals.routes import load_default_routes
from tests.factories.accounts import make_person, make_unit
from tests.factories.campaigns import make_campaign, make_rules
from tests.factories.earnest import make_earnest, receive

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(db):
    campaign = make_campaign(window_from=None, window_to=None)
    make_rules(campaign)
    return campaign


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner, channel="chamber")


def test_from_the_record_to_the_choice_and_the_deal(unit, campaign, cast, client_of):
    person, client, finance = make_person(unit, "洪嘉伟"), client_of(cast.owner), client_of(cast.finance)
    new = f"/accounts/{unit.pk}/earnest/new/"
    body = {"campaign": campaign.pk, "person": person.pk, "amount": "5000"}
    assert client.post(new, body | {"amount": "0"}).status_code == 422
    assert Earnest.objects.count() == 0
    assert client.post(new, body).status_code == 302
    earnest = Earnest.objects.get()
    url = earnest.get_absolute_url()
    assert client.get(f"{url}pdf/").status_code == 422
    assert client.post(f"{url}receipt/", {"version": 1, "receipt_no": "R-1"}).status_code == 403
    assert finance.post(f"{url}receipt/", {"version": 7, "receipt_no": "R-1"}).status_code == 409
    assert finance.post(f"{url}receipt/", {"version": 1, "receipt_no": "R-1"}).status_code == 302
    page = client.get(url).content.decode()
    assert ("R-1" in page, "Write the deal" in page) == (True, True)
    screen = f"/campaigns/{campaign.pk}/choosing/"
    manager = client_of(cast.manager)
    assert client.post(f"{screen}open/").status_code == 403
    for act in ("open", "next"):
        assert manager.post(f"{screen}{act}/").status_code == 302
    assert manager.post(f"{screen}none/").status_code == 404
    assert "Now choosing" in client.get(screen).content.decode()
    empty = manager.post(f"{screen}choose/", {"serial": 1, "object_label": ""})
    stale = manager.post(f"{screen}choose/", {"serial": 2, "object_label": "3-1201"})
    assert (empty.status_code, stale.status_code, Call.objects.get().outcome) == (422, 409, "called")
    assert manager.post(f"{screen}choose/", {"serial": 1, "object_label": "3-1201"}).status_code == 302
    page = client.get(url).content.decode()
    assert "3-1201" in page
    deal = page.split('href="/accounts/')[1:]
    form = client.get(
        "/accounts/" + next(p for p in deal if "/deals/new/" in p).split('"')[0].replace("&amp;", "&")
    )
    assert ('value="3-1201"' in form.content.decode(), Deal.objects.count()) == (True, 0)
    assert client.get(f"{url}pdf/").content.startswith(b"%PDF")
    tab = client.get(f"/accounts/{unit.pk}/tabs/earnest/").content.decode()
    assert ("洪嘉伟" in tab, "5,000.00" in tab) == (True, True)
    assert "5,000.00" in client.get(campaign.get_absolute_url()).content.decode()


def test_a_refund_waits_for_the_director_and_a_drop_is_for_the_unpaid(unit, campaign, cast, client_of):
    load_default_routes()
    paid = receive(make_earnest(campaign, cast.owner, "甲", unit), cast.finance)
    noted = make_earnest(campaign, cast.owner, "乙", unit)
    client = client_of(cast.owner)
    answer = client.post(f"/earnest/{paid.pk}/refund/", {"version": paid.version, "reason": "不买了"})
    assert answer.status_code == 302
    again = client.post(f"/earnest/{paid.pk}/refund/", {"version": paid.version + 1, "reason": "x"})
    assert again.status_code == 422
    assert client.post(f"/earnest/{paid.pk}/drop/", {"version": paid.version + 1}).status_code == 422
    assert client.post(f"/earnest/{noted.pk}/drop/", {"version": 1}).status_code == 302
    states = dict(Earnest.objects.values_list("name", "state"))
    assert states == {"甲": "refund_asked", "乙": "dropped"}
    assert "Refund of earnest money" in client_of(cast.director).get("/approvals/").content.decode()


def test_the_list_shows_and_exports_what_one_sees_with_constant_statements(unit, campaign, cast, client_of):
    client, counts = client_of(cast.owner), []
    make_earnest(campaign, cast.other_team, "陌生人")
    for names in ("甲", "乙丙丁"):
        for name in names:
            receive(make_earnest(campaign, cast.owner, name, unit), cast.finance)
        told = []
        for url in ("/earnest/", f"/campaigns/{campaign.pk}/choosing/", f"/accounts/{unit.pk}/tabs/earnest/"):
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                client.get(url)
            told.append(len(queries))
        counts.append(told)
    assert counts[0] == counts[1]
    page = client.get("/earnest/?q=甲").content.decode()
    assert ("甲" in page, "陌生人" in page) == (True, False)
    file = b"".join(client.get("/earnest/?export=csv&state=received").streaming_content).decode()
    assert ("5000.00" in file, "陌生人" in file) == (True, False)


def test_who_may_do_what(unit, campaign, cast):
    ordinary = make_earnest(campaign, cast.owner, "甲")
    group = make_earnest(campaign, cast.owner, "乙", unit)
    assert can_confirm_receipt(cast.finance, group)
    assert [can_change_earnest(user, ordinary) for user in (cast.owner, cast.manager, cast.other_team)] == [
        True,
        True,
        False,
    ]
    assert can_change_earnest(cast.owner, group)
