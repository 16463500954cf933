"""Photos of a visit: with the log, on its page, and nobody else's."""

from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine

from kam.files.models import Attachment
from tests.factories.accounts import make_person, make_unit
from tests.factories.files import picture, upload
from visits.visits.models import Visit

NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


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
    told = {"public_id": str(uuid4()), "on": "2026-11-23", "mode": "visit", "outcome": "progress"}
    return told | {"persons": [person.pk], "summary": "stood at the gate"}


@pytest.fixture
def visit(cast, client_of, unit, body):
    client_of(cast.owner).post(f"/visits/new/?unit={unit.pk}", body)
    return Visit.objects.get()


def photo(name="gate.png"):
    return upload(name, picture())


def test_photos_come_with_the_log_and_stand_on_the_record(cast, client_of, unit, body):
    client = client_of(cast.owner)
    page = client.get(f"/visits/new/?unit={unit.pk}").content.decode()
    assert 'name="photos"' in page
    assert 'enctype="multipart/form-data"' in page
    answer = client.post(f"/visits/new/?unit={unit.pk}", body | {"photos": [photo(), photo("door.png")]})
    visit = Visit.objects.get()
    assert answer["Location"] == f"/visits/{visit.pk}/"
    rows = Attachment.objects.of("visits.visit", visit.pk)
    assert [row.name for row in rows] == ["gate.png", "door.png"]
    html = client.get(answer["Location"]).content.decode()
    assert all(f'src="/files/{row.pk}/?show=1"' in html for row in rows)


def test_the_same_log_sent_twice_keeps_its_photos_once(cast, client_of, unit, body):
    for _time in range(2):
        client_of(cast.owner).post(f"/visits/new/?unit={unit.pk}", body | {"photos": [photo()]})
    assert (Visit.objects.count(), Attachment.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("photos", "words"),
    [
        ([upload("a.pdf")], "Only pictures: JPEG"),
        ([upload("a.png", b"<html>")], "Only pictures: JPEG"),
        ([upload("a.png", b"\x89PNG\r\n\x1a\n" + b"0" * 10_500_000)], "up to 10 MB"),
        ([upload(f"{n}.png", b"\x89PNG\r\n\x1a\n") for n in range(7)], "At most 6 pictures"),
        ([upload("a.png", b"\x89PNG\r\n\x1a\n broken")], "cannot be read"),
    ],
)
def test_a_refused_photo_is_told_and_no_visit_is_written(cast, client_of, unit, body, photos, words):
    for file in photos:
        file.seek(0)
    answer = client_of(cast.owner).post(f"/visits/new/?unit={unit.pk}", body | {"photos": photos})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert words in html
    assert "stood at the gate" in html
    assert (Visit.objects.count(), Attachment.objects.count()) == (0, 0)


@pytest.mark.parametrize("photos", [[], ["gate.png"]])
def test_a_refused_log_says_that_its_photos_must_be_chosen_again(cast, client_of, unit, body, photos):
    sent = body | {"outcome": "", "photos": [photo(name) for name in photos]}
    answer = client_of(cast.owner).post(f"/visits/new/?unit={unit.pk}", sent)
    assert answer.status_code == 422
    assert ("choose them again" in answer.content.decode()) is bool(photos)
    assert (Visit.objects.count(), Attachment.objects.count()) == (0, 0)


def test_a_photo_is_added_on_the_page_of_the_visit(cast, client_of, visit):
    client = client_of(cast.owner)
    answer = client.post(f"/visits/{visit.pk}/photos/", {"file": photo()})
    assert (answer.status_code, answer["Location"]) == (302, f"/visits/{visit.pk}/")
    refused = client.post(f"/visits/{visit.pk}/photos/", {"file": upload()})
    assert refused.status_code == 422
    assert "Only pictures: JPEG" in refused.content.decode()
    assert Attachment.objects.count() == 1


def test_a_photo_is_for_those_who_read_the_visit(cast, client_of, visit):
    client_of(cast.owner).post(f"/visits/{visit.pk}/photos/", {"file": photo()})
    address = Attachment.objects.get().get_absolute_url() + "?show=1"
    expected = {"owner": 200, "lead": 200, "manager": 200, "director": 200, "same_team": 404}
    expected |= {"other_team": 404, "other_manager": 404, "finance": 404, "admin": 404}
    found = {}
    for who in expected:
        answer = client_of(getattr(cast, who)).get(address)
        found[who] = answer.status_code
        if answer.streaming:
            b"".join(answer.streaming_content)
    assert found == expected
    assert client_of(cast.manager).post(f"/visits/{visit.pk}/photos/", {"file": photo()}).status_code == 403
    assert Attachment.objects.count() == 1
