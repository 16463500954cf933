"""A bid from the tender to its result; Today says what it asks (F16: S-080)."""

from datetime import timedelta

import pytest
from django.db import transaction

from campaigns.bids.models import Bid
from campaigns.bids.selectors import due_bids
from campaigns.bids.services import Step, Tender, move_bid, open_bid
from campaigns.bids.terms import BidState
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from tests.factories.accounts import make_unit
from tests.factories.offers import make_bid, make_proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner)


def refusal(code, act, *args, error=BusinessError, **kwargs):
    before = list(Bid.objects.values_list())
    with pytest.raises(error) as caught, transaction.atomic():
        act(*args, **kwargs)
    assert (caught.value.code, list(Bid.objects.values_list())) == (code, before)


def test_ready_delivered_lost(cast, unit):
    today = business_date()
    row = make_bid(unit, cast.owner, 0)
    assert row.documents_due_on == today - timedelta(2)
    assert [due.words for due in due_bids([cast.owner], today)[cast.owner.pk]] == ["documents to be ready"]
    refusal("transition_refused", move_bid, row, Step(BidState.DELIVERED, today), by=cast.owner, version=1)
    refusal("future", move_bid, row, Step(BidState.READY, today + timedelta(1)), by=cast.owner, version=1)
    refusal(
        "stale", move_bid, row, Step(BidState.READY, today), by=cast.owner, version=2, error=ConflictError
    )
    for state in (BidState.READY, BidState.DELIVERED):
        row = move_bid(row, Step(state, today), by=cast.owner, version=row.version)
    assert (row.ready_on, row.delivered_on, due_bids([cast.owner], today)) == (today, today, {})
    lost = Step(BidState.LOST, today, "兴业")
    refusal("result", move_bid, row, lost, by=cast.owner, version=row.version)
    row = move_bid(row, Step(BidState.LOST, today, "兴业", "太贵"), by=cast.owner, version=row.version)
    assert (row.state, row.winner, row.ended_on) == ("lost", "兴业", today)


def test_what_cannot_be_begun(cast, unit):
    today = business_date()
    tender = Tender("招标", today - timedelta(1), cast.owner)
    refusal("past", open_bid, unit, tender, by=cast.owner)
    foreign = make_proposal(make_unit(owner=cast.owner), cast.owner)
    refusal("stranger", open_bid, unit, Tender("招标", today, cast.owner, None, foreign), by=cast.owner)


def test_pages(cast, unit, client_of):
    client, today = client_of(cast.owner), business_date()
    body = {"title": "采购招标", "opens_on": today, "responsible": cast.owner.pk, "amount": "8000000"}
    assert client.post(f"/accounts/{unit.pk}/bids/new/", body | {"opens_on": ""}).status_code == 422
    assert client.post(f"/accounts/{unit.pk}/bids/new/", body).status_code == 302
    row = Bid.objects.get()
    assert client.get("/bids/?state=preparing").status_code == 200
    step = {"version": "1", "target": "ready", "on": today}
    assert client.post(f"/bids/{row.pk}/move/", step | {"target": "won"}).status_code == 422
    assert client.post(f"/bids/{row.pk}/move/", step).status_code == 302
    page = client.get(row.get_absolute_url()).content.decode()
    assert "8,000,000.00" in page
    assert "documents late" in page
    assert row.get_absolute_url() in client.get("/").content.decode()
    assert client_of(cast.other_team).get(row.get_absolute_url()).status_code == 404
