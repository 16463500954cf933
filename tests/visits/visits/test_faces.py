"""A new face comes into the file with the visit, once, and by nobody who may not write the unit."""

from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine

from accounts.persons.models import Person
from kam.audit.models import AuditEntry
from tests.factories.accounts import make_person, make_unit
from visits.visits.models import Draft, Visit
from visits.visits.rules import is_same_face

NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner)


@pytest.fixture
def body():
    faces = {"face_name": [" 陈雅婷 ", ""], "face_post": ["秘书", ""], "face_mobile": ["13800001111", ""]}
    told = {"public_id": str(uuid4()), "on": "2026-11-20", "mode": "visit", "outcome": "progress"}
    return told | faces | {"summary": "第九套"}


def address(unit):
    return f"/visits/new/?unit={unit.pk}"


def faces(unit):
    rows = Person.objects.filter(unit=unit).order_by("pk")
    return list(rows.values_list("name", "post", "mobile", "first_met_on"))


@pytest.mark.parametrize(
    ("post", "in_file", "same"),
    [("", "", True), ("秘书", "", True), ("", "秘书", True), ("秘书", "秘书", True), ("会长", "秘书", False)],
)
def test_one_name_is_one_person_unless_the_posts_differ(post, in_file, same):
    assert is_same_face(post, in_file) is same


def test_a_new_face_is_added_with_the_visit_and_met_by_it(cast, client_of, unit, body):
    answer = client_of(cast.owner).post(address(unit), body)
    assert answer.status_code == 302
    assert faces(unit) == [("陈雅婷", "秘书", "13800001111", date(2026, 11, 20))]
    [met] = Visit.objects.get().persons_met.all()
    assert met.person == Person.objects.get()
    assert AuditEntry.objects.filter(act="accounts.person.added").count() == 1
    assert list(met.person.contacts.values_list("text", flat=True)) == ["第九套"]


def test_whoever_is_in_the_file_is_not_added_again_and_what_was_empty_is_filled(cast, client_of, unit, body):
    known = make_person(unit, "陈雅婷", post="")
    client_of(cast.owner).post(address(unit), body | {"persons": [known.pk]})
    assert [row[:3] for row in faces(unit)] == [("陈雅婷", "秘书", "13800001111")]
    assert [row.person_id for row in Visit.objects.get().persons_met.all()] == [known.pk]


def test_another_post_is_another_person_of_that_name(cast, client_of, unit, body):
    make_person(unit, "陈雅婷", post="会计")
    client_of(cast.owner).post(address(unit), body)
    assert [row[:2] for row in faces(unit)] == [("陈雅婷", "会计"), ("陈雅婷", "秘书")]


def test_sent_twice_or_replaced_the_face_is_there_once(cast, client_of, unit, body):
    client = client_of(cast.owner)
    client.post(address(unit), body)
    client.post(address(unit), body)
    asked = client.post(address(unit), body | {"face_post": ["会长秘书", ""]})
    assert (asked.status_code, "Post of the new face" in asked.content.decode()) == (409, True)
    digest = asked.context["kept"].digest
    client.post(address(unit), body | {"face_post": ["会长秘书", ""], "replaces": digest})
    assert [row[:2] for row in faces(unit)] == [("陈雅婷", "秘书")]
    assert Visit.objects.get().persons_met.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"face_name": ["", ""]},
        {"face_name": ["陈" * 81, ""]},
        {"face_mobile": ["1" * 41, ""]},
        {"outcome": "not_met"},
        {"on": "2026-11-24"},
    ],
)
def test_a_refused_entry_adds_nobody_and_keeps_what_was_typed(cast, client_of, unit, body, change):
    answer = client_of(cast.owner).post(address(unit), body | change)
    assert (answer.status_code, Visit.objects.count(), faces(unit)) == (422, 0, [])
    page = answer.content.decode()
    assert 'value="秘书"' in page
    assert "data-fold open" in page


def test_a_face_found_later_comes_in_with_the_correction(cast, client_of, unit, body):
    old = make_person(unit, "许志远")
    client = client_of(cast.owner)
    client.post(address(unit), {k: v for k, v in body.items() if "face" not in k} | {"persons": [old.pk]})
    visit = Visit.objects.get()
    client.post(f"/visits/{visit.pk}/edit/", body | {"persons": [old.pk], "version": visit.version})
    assert [row.person.name for row in visit.persons_met.order_by("pk")] == ["许志远", "陈雅婷"]


def test_a_frozen_list_takes_no_new_face(cast, client_of, unit, body):
    old = make_person(unit, "许志远")
    client = client_of(cast.owner)
    client.post(address(unit), {k: v for k, v in body.items() if "face" not in k} | {"persons": [old.pk]})
    visit = Visit.objects.get()
    with time_machine.travel(NOON.replace(day=25), tick=False):
        client = client_of(cast.owner)
        told = body | {"persons": [old.pk], "version": visit.version}
        answer = client.post(f"/visits/{visit.pk}/edit/", told)
    assert (answer.status_code, [row[0] for row in faces(unit)]) == (422, ["许志远"])


def test_nobody_adds_a_face_to_a_unit_that_is_not_theirs(cast, client_of, unit, body):
    answer = client_of(cast.same_team).post(address(unit), body)
    assert (answer.status_code, Visit.objects.count(), faces(unit)) == (404, 0, [])


def test_a_draft_keeps_the_face(cast, client_of, unit, body):
    client = client_of(cast.owner)
    client.post(f"/visits/drafts/visit/unit-{unit.pk}/", body)
    assert Draft.objects.get().body["face_name"] == [" 陈雅婷 ", ""]
    assert "\\u9648\\u96c5\\u5a77" in client.get(address(unit)).content.decode()  # as json_script writes it


def test_record_and_report_goes_on_to_the_report(cast, client_of, unit, body):
    answer = client_of(cast.owner).post(address(unit), body | {"then": "report"})
    assert answer["Location"] == f"/visits/{Visit.objects.get().pk}/report/"
