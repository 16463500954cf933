"""An author reads their own visit after the unit went to another team, and nothing else of the unit (docs/domain/visits.md)."""

from datetime import date

import pytest

from accounts.units.services import change_owner
from kam.files.models import Attachment
from kam.files.services import attach
from tests.factories.accounts import make_person, make_unit
from tests.factories.files import picture, upload
from tests.factories.visits import make_visit


@pytest.fixture
def moved(cast):
    unit = make_unit("泉州商会", owner=cast.owner)
    visit = make_visit(unit, make_person(unit, "许志远"), user=cast.owner, on=date(2026, 11, 20))
    attach("visits.visit", visit.pk, upload("gate.png", picture()), by=cast.owner)
    change_owner(unit, owner=cast.other_team, by=cast.director, reason="transfer")
    return visit


def status_of(client, address):
    answer = client.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


def reads(visit):
    photo = Attachment.objects.get().get_absolute_url()
    pages = ("", "report/", "report/pdf/", "record/pdf/")
    return [f"/visits/{visit.pk}/{page}" for page in pages] + [photo]


@pytest.mark.parametrize(
    ("who", "code"),
    [("owner", 200), ("other_team", 200), ("same_team", 404), ("lead", 404), ("manager", 404)],
)
def test_who_reads_the_visit_at_every_exit(cast, client_of, moved, who, code):
    client = client_of(getattr(cast, who))
    assert {status_of(client, address) for address in reads(moved)} == {code}
    assert ("泉州商会" in client.get("/visits/").content.decode()) is (code == 200)


def test_nothing_else_of_the_unit_opens_for_the_author(cast, client_of, moved):
    client = client_of(cast.owner)
    person = moved.unit.persons.get()
    for address in (
        f"/accounts/{moved.unit_id}/",
        f"/persons/{person.pk}/",
        f"/accounts/{moved.unit_id}/timeline/",
    ):
        assert client.get(address).status_code == 404
    html = client.get(f"/visits/{moved.pk}/").content.decode()
    assert f"/accounts/{moved.unit_id}/" not in html
    assert f"/persons/{person.pk}/" not in html


def test_the_author_changes_nothing_any_more(cast, client_of, moved):
    client = client_of(cast.owner)
    for page in ("edit/", "photos/", "report/"):
        assert (
            client.post(f"/visits/{moved.pk}/{page}", {"file": upload("a.png", picture())}).status_code == 403
        )
    assert Attachment.objects.count() == 1
