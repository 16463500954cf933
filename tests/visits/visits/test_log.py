"""The page that logs a visit: right, wrong, twice, and with two bodies under one key."""

import re
from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine

from accounts.contacts.models import Contact
from kam.core.errors import BusinessError
from tests.factories.accounts import make_person, make_unit
from visits.visits import registry
from visits.visits.models import Draft, Submission, Visit
from visits.visits.services import log_call

NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner)


@pytest.fixture
def body(unit):
    person = make_person(unit, "许志远")
    return {
        "public_id": str(uuid4()),
        "on": "2026-11-23",
        "started": "15:00",
        "ended": "15:50",
        "mode": "visit",
        "outcome": "progress",
        "persons": [person.pk],
        "summary": "第九套 𠮷",
        "promise_side": ["ours", "theirs"],
        "promise_text": ["Send the table", ""],
        "promise_due": ["2026-11-25", ""],
    }


def address(unit):
    return f"/visits/new/?unit={unit.pk}"


def test_a_visit_is_logged_in_one_form(cast, client_of, unit, body):
    answer = client_of(cast.owner).post(address(unit), body)
    visit = Visit.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/visits/{visit.pk}/")
    assert (str(visit.public_id), visit.summary, visit.on) == (
        body["public_id"],
        "第九套 𠮷",
        date(2026, 11, 23),
    )
    assert visit.started_at.astimezone(NOON.tzinfo).hour == 15
    page = client_of(cast.owner).get(answer["Location"]).content.decode()
    assert "第九套 𠮷" in page
    assert "Send the table" in page


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"outcome": ""}, "outcome"),
        ({"persons": []}, "persons"),
        ({"on": "2026-11-24"}, "on"),
        ({"on": "yesterday"}, "on"),
        ({"ended": "14:00"}, "ended"),
        ({"promise_due": ["soon", ""]}, "__all__"),
        ({"summary": "a\x00b"}, "summary"),
        ({"public_id": "7"}, "public_id"),
    ],
)
def test_bad_input_is_answered_at_the_field_and_nothing_is_written(
    cast, client_of, unit, body, change, field
):
    answer = client_of(cast.owner).post(address(unit), body | change)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert (Visit.objects.count(), Submission.objects.count()) == (0, 0)
    assert "Send the table" in answer.content.decode()


def test_the_same_body_again_gets_the_same_answer(cast, client_of, unit, body):
    client = client_of(cast.owner)
    answers = [client.post(address(unit), body, **JSON).json()["location"] for _ in range(3)]
    assert answers == [f"/visits/{Visit.objects.get().pk}/"] * 3


def test_another_body_under_the_same_key_shows_both_and_one_click_replaces(cast, client_of, unit, body):
    client = client_of(cast.owner)
    client.post(address(unit), body)
    other = body | {"summary": "第十套", "outcome": "settled"}
    asked = client.post(address(unit), other)
    text = asked.content.decode()
    assert asked.status_code == 409
    assert "第九套 𠮷" in text
    assert "第十套" in text
    assert Visit.objects.get().summary == "第九套 𠮷"
    hidden = re.findall(r'name="replaces" value="([0-9a-f]{64})"', text)
    answer = client.post(address(unit), other | {"replaces": hidden[0]})
    visit = Visit.objects.get()
    assert (answer.status_code, visit.summary, visit.outcome) == (302, "第十套", "settled")


def test_a_stale_replacement_is_asked_again(cast, client_of, unit, body):
    client = client_of(cast.owner)
    client.post(address(unit), body)
    answer = client.post(address(unit), body | {"summary": "x", "replaces": "0" * 64})
    assert (answer.status_code, Visit.objects.get().summary) == (409, "第九套 𠮷")


def test_a_key_of_somebody_else_is_refused(cast, client_of, unit, body):
    client_of(cast.owner).post(address(unit), body)
    answer = client_of(cast.manager).post(address(unit), body | {"summary": "mine"})
    assert (answer.status_code, Visit.objects.get().summary) == (409, "第九套 𠮷")


def test_a_unit_of_another_team_is_absent_and_one_that_is_only_read_is_refused(cast, client_of, unit, body):
    assert client_of(cast.other_team).post(address(unit), body).status_code == 404
    assert client_of(cast.lead).post(address(unit), body).status_code == 403
    assert client_of(cast.clerk).post(address(unit), body).status_code == 403
    assert Visit.objects.count() == 0


def test_a_draft_is_kept_per_person_and_goes_with_the_visit(cast, client_of, unit, body):
    client = client_of(cast.owner)
    url = f"/visits/drafts/visit/unit-{unit.pk}/"
    assert client.post(url, {"summary": "half a sen"}).status_code == 200
    assert "half a sen" in client.get(address(unit)).content.decode()
    assert "half a sen" not in client_of(cast.manager).get(address(unit)).content.decode()
    client.post(address(unit), body | {"draft_key": f"unit-{unit.pk}"})
    assert Draft.objects.count() == 0


def test_the_page_asks_where_one_was(cast, client_of, unit):
    make_unit("株洲机车厂", owner=cast.owner)
    foreign = make_unit("芦淞大市场", owner=cast.other_team)
    page = client_of(cast.owner).get("/visits/new/").content.decode()
    found = client_of(cast.owner).get("/visits/new/?q=泉州", headers={"HX-Request": "true"}).content.decode()
    assert ("泉州商会" in page, "株洲机车厂" in page, foreign.name in page) == (True, True, False)
    assert ("泉州商会" in found, "株洲机车厂" in found, "<html" in found) == (True, False, False)


def test_the_worker_serves_the_whole_site_and_is_never_cached(client):
    answer = client.get("/sw.js")
    assert (answer.status_code, answer["Service-Worker-Allowed"], answer["Cache-Control"]) == (
        200,
        "/",
        "no-cache",
    )
    assert answer["Content-Type"].startswith("text/javascript")


def test_calls_are_logged_once_and_shown(cast, client_of, unit):
    client = client_of(cast.owner)
    sent = {"key": str(uuid4()), "unit": unit.pk, "outcome": "agreed", "text": "Thursday"}
    assert [client.post("/visits/calls/", sent).status_code for _ in range(2)] == [302, 302]
    page = client.get("/visits/calls/").content.decode()
    assert page.count("Thursday") == 1


@pytest.mark.parametrize(
    ("typed", "code", "days"),
    [
        ("2026-11-20T23:59:59+08:00", 302, [date(2026, 11, 20)]),  # without a connection since Friday
        ("2026-11-22T16:00:00.000Z", 302, [date(2026, 11, 23)]),  # midnight in Shanghai
        ("2026-11-24T09:00:00Z", 302, [date(2026, 11, 23)]),  # a device whose clock is ahead
        ("", 302, [date(2026, 11, 23)]),
        ("2026-11-17T09:00:00Z", 422, []),  # the fourth working day
        ("yesterday", 422, []),
    ],
)
def test_a_call_is_of_the_day_it_was_typed_on_whenever_it_is_sent(cast, client_of, unit, typed, code, days):
    sent = {"key": str(uuid4()), "unit": unit.pk, "outcome": "agreed", "typed_at": typed}
    client = client_of(cast.owner)
    assert client.post("/visits/calls/", sent).status_code == code
    assert list(Contact.objects.values_list("on", flat=True)) == days
    assert client.post("/visits/calls/", sent | {"typed_at": ""}).status_code == 302
    assert Contact.objects.count() == 1


def test_a_call_of_a_month_whose_scores_are_closed_is_refused(cast, unit, monkeypatch):
    monkeypatch.setattr(registry, "_closed", [lambda _user, day: day.day == 20])
    typed = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    with pytest.raises(BusinessError, match="Calls of that day"):
        log_call(unit, outcome="agreed", key=uuid4(), by=cast.owner, typed_at=typed)
    assert not Contact.objects.exists()


@pytest.mark.parametrize(("consent", "kept"), [({"consent": "on"}, True), ({}, False)])
def test_the_place_is_kept_only_with_consent(cast, client_of, unit, body, consent, kept):
    place = {"latitude": "27.830000", "longitude": "113.130000"}
    assert client_of(cast.owner).post(address(unit), body | place | consent).status_code == 302
    visit = Visit.objects.get()
    assert (visit.latitude is not None, visit.location_consent_at is not None) == (kept, kept)
