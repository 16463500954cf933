"""The pages of a briefing: asked, reserved, taken down on the phone once and only once, counted, printed."""

import json
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.briefings import services
from campaigns.briefings.models import Attendee, Briefing
from campaigns.materials.services import add_material, move, stock_of
from campaigns.materials.terms import MoveKind
from kam.approvals.routes import load_default_routes
from kam.core.clock import business_date
from tests.factories.accounts import make_unit
from tests.factories.briefings import make_briefing, on_its_day
from tests.factories.campaigns import make_campaign
from tests.factories.gifts import decide_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    load_default_routes()
    return make_campaign(window_from=None, window_to=None)


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会𠮷", owner=cast.owner, channel="chamber")


def text_of(answer):
    pages = pypdf.PdfReader(BytesIO(answer.content)).pages
    return "".join(page.extract_text() for page in pages)


def ask(client, unit, campaign):
    told = {
        "campaign": campaign.pk,
        "day": (business_date() + timedelta(1)).isoformat(),
        "start": "18:00",
        "end": "20:00",
        "place": "三楼会议室𠮷",
        "expected_count": "30",
        "why": "理事会前集中介绍",
        "estimate_amount": "0",
    }
    address = f"/accounts/{unit.pk}/briefings/new/"
    assert client.get(address).status_code == 200
    assert client.post(address, told | {"end": "17:00"}).status_code == 422
    assert client.post(address, told).status_code == 302
    row = Briefing.objects.get()
    decide_all(services.SUBJECT, row)
    row.refresh_from_db()
    return row


def someone(name="邹慧敏", **fields):
    told = {"public_id": str(uuid4()), "name": name, "intention": "strong", "department": "财务科"}
    return told | {"mobile": "13900001111", "question": "三房𠮷"} | fields


def test_from_the_request_to_the_statistics_in_the_browser(cast, client_of, campaign, unit):
    leaflets = add_material(campaign, {"name": "项目折页", "quantity": 50}, by=None)
    for name in ("销售员服装", "贵重礼品"):
        add_material(campaign, {"name": name, "quantity": 4}, by=None)
    move(leaflets, MoveKind.RECEIPT, 50, on=business_date(), text="", by=cast.clerk)
    owner = client_of(cast.owner)
    row = ask(owner, unit, campaign)
    at = f"/briefings/{row.pk}/"
    form = owner.get(at + "prepare/").content.decode()
    assert f'value="{leaflets.pk}" selected' in form
    assert (form.count(">1 项目折页<"), "销售员服装" in form, "贵重礼品" in form) == (1, False, False)
    told = {"version": row.version, "sales": [cast.owner.pk, cast.same_team.pk], "presenter": cast.owner.pk}
    told |= {"name_engineer": "周工", "n_leaflet": "60", "from_leaflet": leaflets.pk, "n_slides": "1"}
    short = owner.post(at + "prepare/", told)
    assert (short.status_code, "50 are in stock" in short.content.decode()) == (422, True)
    assert owner.post(at + "prepare/", told | {"n_leaflet": "30"}).status_code == 302
    page = owner.get(at).content.decode()
    assert ("周工" in page, "Missing to the norm" in page, "not in place" in page) == (True, True, True)
    assert "泉州商会𠮷" in owner.get("/").content.decode()
    plan = text_of(owner.get(at + "plan.pdf"))
    assert all(word in plan for word in ("泉州商会", "三楼会议室", "周工", "理事会前集中介绍", "30"))
    with on_its_day(row):
        owner, helper = client_of(cast.owner), client_of(cast.same_team)
        assert helper.post(at + "step/", {"step": "1", "version": "9"}).status_code == 403
        for step in (1, 2, 3, 4):
            row.refresh_from_db()
            owner.post(at + "step/", {"step": step, "version": row.version})
        assert helper.get(at + "attend/").status_code == 200
        body = someone()
        sent = helper.post(at + "attend/", body, headers={"accept": "application/json"})
        again = helper.post(at + "attend/", body, headers={"accept": "application/json"})
        assert (json.loads(sent.content), again.content) == ({"location": at + "attend/"}, sent.content)
        other = helper.post(at + "attend/", body | {"name": "别人"}, headers={"accept": "application/json"})
        bad = helper.post(at + "attend/", someone(intention=""))
        assert (other.status_code, bad.status_code, Attendee.objects.count()) == (409, 422, 1)
        row.refresh_from_db()
        owner.post(at + "step/", {"step": 5, "version": row.version})
        row.refresh_from_db()
        item = row.items.get(material=leaflets)
        count = {"version": row.version, "amount": "0", "analysis": "要三房", f"left_{item.pk}": "4"}
        assert owner.get(at + "count/").status_code == 200
        assert owner.post(at + "count/", count).status_code == 302
        row.refresh_from_db()
        assert owner.post(at + "step/", {"step": 7, "version": row.version}).status_code == 422
        person = Attendee.objects.get()
        corrected = someone(return_on=(row.day + timedelta(3)).isoformat(), version=person.version)
        assert owner.post(f"{at}attendees/{person.pk}/", corrected).status_code == 302
        assert owner.post(at + "step/", {"step": 7, "version": row.version}).status_code == 302
        row.refresh_from_db()
        assert (row.state, stock_of(leaflets)) == ("closed", 24)
        shown = owner.get(at).content.decode()
        assert ("Statistics" in shown, "proposed in the week plan" in shown, "要三房" in shown) == (True,) * 3
        paper = text_of(owner.get(at + "attendance.pdf"))
        assert all(word in paper for word in ("邹慧敏", "财务科", "13900001111", "三房𠮷", "要三房"))
        assert "13900001111" in text_of(helper.get(at + "attendance.pdf"))
        masked = text_of(client_of(cast.lead).get(at + "attendance.pdf"))
        assert ("邹慧敏" in masked, "13900001111" in masked) == (True, False)
        listed = owner.get(f"/accounts/{unit.pk}/tabs/briefings/").content.decode()
        assert row.number in listed
        assert row.number not in client_of(cast.other_team).get("/briefings/").content.decode()


def test_the_list_costs_the_same_for_one_and_for_three(cast, client_of, campaign):
    owner, asked = client_of(cast.owner), []
    for count in (1, 2):
        for place in range(count):
            make_briefing(make_unit(f"单位{count}{place}", owner=cast.owner), campaign, cast.owner)
        owner.get("/briefings/")
        with CaptureQueriesContext(connection) as told:
            owner.get("/briefings/")
        asked.append(len(told))
    assert asked[0] == asked[1]
