"""Materials in the browser: the bills of the source, a line, its arrival, its stock, the paper; constant statements."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.campaigns.models import Campaign
from campaigns.campaigns.services import load_campaigns
from campaigns.materials.loading import copy_materials, load_materials
from campaigns.materials.models import Material, MaterialMove
from campaigns.materials.permissions import can_keep_materials
from campaigns.materials.services import add_material, move
from campaigns.materials.terms import MoveKind
from kam.core.clock import business_date
from tests.factories.campaigns import make_campaign

pytestmark = pytest.mark.django_db


def test_the_bills_of_the_source_are_complete_and_loaded_once():
    load_campaigns()
    assert len(load_materials()) == 15
    assert load_materials() == []
    housing = Material.objects.filter(campaign__code="housing-2008")
    told = list(housing.values_list("place", "quantity", "due_on"))
    assert told[:3] == [(1, 5000, date(2008, 6, 1)), (2, 4, None), (3, 1, date(2008, 5, 25))]
    assert housing.get(place=6).cost == 6_000
    boxes = Material.objects.filter(campaign__code="gift-boxes-2012")
    assert boxes.get(name="销售员服装").quantity == 2
    season = make_campaign(window_from=date(2026, 5, 15), window_to=date(2026, 7, 15))
    made = copy_materials(Campaign.objects.get(code="housing-2008"), season)
    shift = date(2026, 5, 15) - Campaign.objects.get(code="housing-2008").window_from
    assert [row.due_on for row in made][:2] == [date(2008, 6, 1) + shift, None]


def test_from_the_bill_to_the_stock_and_the_paper(cast, client_of):
    campaign, client, today = make_campaign(), client_of(cast.clerk), business_date()
    new = f"/campaigns/{campaign.pk}/materials/new/"
    body = {
        "name": "项目折页",
        "quantity": "5000",
        "measure": "份",
        "due_on": (today - timedelta(1)).isoformat(),
    }
    assert client.post(new, body | {"quantity": "0"}).status_code == 422
    assert client.post(new, body | {"price_amount": "0"}).status_code == 422
    assert Material.objects.count() == 0
    assert client.post(new, body).status_code == 302
    assert client.post(new, body).status_code == 422
    material = Material.objects.get()
    url = material.get_absolute_url()
    assert "Overdue" in client.get(url).content.decode()
    assert "项目折页" in client.get("/materials/?stands=overdue").content.decode()
    edited = body | {"quantity": "6000", "version": "1"}
    assert client.post(f"{url}edit/", edited | {"version": "7"}).status_code == 409
    assert client.post(f"{url}edit/", edited).status_code == 302
    tomorrow = (today + timedelta(1)).isoformat()
    assert client.post(f"{url}arrived/", {"version": "2", "on": tomorrow}).status_code == 422
    assert client.post(f"{url}arrived/", {"version": "2", "on": today.isoformat()}).status_code == 302
    move = {"kind": "issue", "quantity": "1", "on": today.isoformat()}
    refused = client.post(f"{url}move/", move)
    assert (refused.status_code, "0 are in stock" in refused.content.decode()) == (422, True)
    assert client.post(f"{url}move/", move | {"on": tomorrow}).status_code == 422
    assert MaterialMove.objects.count() == 0
    for kind, quantity in (("receipt", "6000"), ("issue", "800"), ("return", "50"), ("count", "5200")):
        client.post(f"{url}move/", move | {"kind": kind, "quantity": quantity})
    changes = list(MaterialMove.objects.order_by("pk").values_list("change", flat=True))
    assert changes == [6000, -800, 50, -50]
    page = client.get(url).content.decode()
    assert ("In place, late" in page, "5,200" in page) == (True, True)
    assert client.get(f"/campaigns/{campaign.pk}/materials/pdf/").content.startswith(b"%PDF")
    assert "5,200" in client.get(campaign.get_absolute_url()).content.decode()
    file = b"".join(client.get("/materials/?export=csv&stands=there").streaming_content).decode()
    assert "项目折页" in file
    assert "项目折页" not in client.get("/materials/?stands=missing&q=折页").content.decode()


def test_statements_do_not_grow(cast, client_of):
    campaign, client, counts = make_campaign(), client_of(cast.owner), []
    for names in ("甲", "乙丙"):
        for name in names:
            add_material(campaign, {"name": name, "quantity": 1}, by=None)
        told = []
        for url in ("/materials/", campaign.get_absolute_url()):
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                client.get(url)
            told.append(len(queries))
        counts.append(told)
    assert counts[0] == counts[1]


def test_who_keeps_materials(cast):
    running, closed = make_campaign(), make_campaign("old", state="closed")
    people = (cast.clerk, cast.marketing, cast.manager, cast.owner, cast.finance)
    assert [can_keep_materials(user, running) for user in people] == [True, True, True, False, False]
    assert not can_keep_materials(cast.clerk, closed)


def test_to_whom_things_went_is_told_to_those_who_see_the_units_of_whoever_gave_them(cast, client_of):
    material = add_material(make_campaign(), {"name": "项目折页", "quantity": 5_000}, by=cast.clerk)
    day = business_date()
    move(material, MoveKind.RECEIPT, 900, on=day, text="到货验收", by=cast.clerk)
    move(material, MoveKind.ISSUE, 100, on=day, text="泉州商会说明会", by=cast.owner)
    move(material, MoveKind.ISSUE, 50, on=day, text="SM-2026-0007", by=cast.other_team)
    move(material, MoveKind.RETURN, 5, on=day, text="芦淞市场余量", by=cast.clerk)
    told = {}
    readers = (
        "owner",
        "same_team",
        "manager",
        "other_team",
        "clerk",
        "director",
        "marketing",
        "finance",
    )
    for name in readers:
        page = client_of(getattr(cast, name)).get(material.get_absolute_url())
        words = page.content.decode()
        assert ("到货验收" in words, "SM-2026-0007" in words) == (True, True), name
        told[name] = ("泉州商会" in words, "芦淞市场" in words, "is told to those who see" in words)
    all_of_it = (True, True, False)
    assert told == {
        "owner": (True, False, True),
        "same_team": (False, False, True),
        "manager": (True, False, True),
        "other_team": (False, False, True),
        "clerk": all_of_it,
        "director": all_of_it,
        "marketing": all_of_it,
        "finance": (False, False, True),
    }


def test_to_whom_supplies_went_is_told_to_no_more_people(cast, client_of):
    supply = add_material(None, {"name": "名片夹", "quantity": 500}, by=cast.clerk)
    day = business_date()
    move(supply, MoveKind.RECEIPT, 90, on=day, text="到货验收", by=cast.clerk)
    move(supply, MoveKind.ISSUE, 10, on=day, text="SA-2026-0001 Owner 泉州商会", by=cast.clerk)
    told = {}
    for name in ("owner", "other_team", "clerk", "director"):
        page = client_of(getattr(cast, name)).get(supply.get_absolute_url())
        words = page.content.decode()
        assert (page.status_code, "到货验收" in words) == (200, True), name
        told[name] = ("泉州商会" in words, "is told to those who see" in words)
    assert told == {
        "owner": (False, True),
        "other_team": (False, True),
        "clerk": (True, False),
        "director": (True, False),
    }
