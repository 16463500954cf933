"""Gifts in the browser: asked on the unit's record, approved on a phone, issued by the clerk, handed over at a visit, printed."""

from io import BytesIO

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.gifts.models import GiftItem, GiftRequest
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import request_for
from kam.core.clock import business_date
from tests.factories.accounts import make_unit
from tests.factories.budgets import line_of, make_budget
from tests.factories.gifts import make_gift, make_item
from tests.factories.integrity import make_receiver
from tests.factories.visits import make_visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(cast):
    load_default_routes()
    return make_unit("泉州商会", owner=cast.owner)


@pytest.fixture
def line(cast):
    return line_of(make_budget(cast.manager), "精品礼品")


def approve(client, gift):
    request = request_for("gift_request", gift)
    page = client.get(f"/approvals/{request.pk}/").content.decode()
    answer = client.post(f"/approvals/{request.pk}/approve/", {"version": request.version})
    assert answer.status_code == 302
    return page


def test_a_gift_from_the_unit_to_the_visit(cast, client_of, unit, line):
    person, owner, clerk = make_receiver(unit), client_of(cast.owner), client_of(cast.clerk)
    clerk.post(
        "/gifts/items/new/", {"name": "品牌打火机", "kind": "gift", "price_amount": "198", "is_offered": "on"}
    )
    item = GiftItem.objects.get()
    clerk.post(f"/gifts/items/{item.pk}/stock/", {"act": "receipt", "quantity": "30", "document": "RK-1"})
    assert "30 in stock" in clerk.get(item.get_absolute_url()).content.decode()
    told = {
        "person": person.pk,
        "item": item.pk,
        "quantity": "4",
        "occasion": "festival",
        "reason": "中秋走访𠮷",
        "on": business_date().isoformat(),
        "line": line.pk,
    }
    address = f"/accounts/{unit.pk}/gifts/new/"
    refused = owner.post(address, told)
    assert (refused.status_code, GiftRequest.objects.count()) == (422, 0)
    assert "the limit of 600.00 a person is exceeded" in refused.content.decode()
    assert owner.post(address, told | {"quantity": "1"}).status_code == 302
    gift = GiftRequest.objects.get()
    approve(client_of(cast.manager), gift)
    card = approve(client_of(cast.director), gift)
    assert all(word in card for word in ("中秋走访𠮷", "5,000.00", "198.00", "4,802.00"))
    approve(client_of(cast.finance), gift)
    assert clerk.post(f"/gifts/{gift.pk}/issue/").status_code == 302
    visit = make_visit(unit, user=cast.owner, on=business_date())
    assert "品牌打火机" in owner.get(f"/visits/{visit.pk}/").content.decode()
    owner.post(f"/gifts/{gift.pk}/hand-over/", {"on": business_date().isoformat(), "visit": visit.pk})
    owner.post(f"/gifts/{gift.pk}/acknowledge/", {"on": business_date().isoformat(), "how": "签名"})
    gift.refresh_from_db()
    assert (gift.state, gift.visit_id) == ("acknowledged", visit.pk)
    assert "Acknowledged" in owner.get(f"/visits/{visit.pk}/").content.decode()
    assert "品牌打火机" in owner.get(f"/accounts/{unit.pk}/tabs/gifts/").content.decode()
    assert "签名" in owner.get(f"/gifts/{gift.pk}/").content.decode()
    paper = owner.get(f"/gifts/{gift.pk}/request.pdf?language=zh-hans").content
    text = pypdf.PdfReader(BytesIO(paper)).pages[0].extract_text()
    assert all(
        word in text for word in (gift.number, "赵敏", "品牌打火机", "198.00", "中秋走访𠮷", "Director")
    )
    assert f"{gift.on:%Y-%m-%d}" in text
    answer = owner.post(f"/gifts/{gift.pk}/end/", {"reason": "单位规定不收"})
    gift.refresh_from_db()
    assert (answer.status_code, gift.state) == (302, "taken_back")


def test_the_lists_ask_the_same_number_of_statements(cast, client_of, unit, line):
    item, client = make_item(), client_of(cast.owner)

    def count():
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/gifts/").status_code == 200
            assert client.get("/gifts/items/").status_code == 200
        return len(seen)

    make_gift(make_receiver(unit), item, line, cast.owner)
    count()
    one = count()
    for n in range(3):
        make_gift(make_receiver(unit, name=f"人{n}"), item, line, cast.owner)
        make_item(f"件{n}")
    assert count() == one
