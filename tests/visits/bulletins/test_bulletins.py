"""Bulletins: published by the marketing centre, acknowledged once by each."""

import pytest

from kam.audit.models import AuditEntry
from visits.bulletins.models import Acknowledgement, Bulletin
from visits.bulletins.selectors import unread

BODY = {"title": "一次性付款 9.8 折", "text": "延长至 7 月 15 日 𠮷", "in_force_from": "2026-11-23"}


@pytest.fixture
def bulletin(cast, client_of):
    client_of(cast.marketing).post("/bulletins/new/", BODY)
    return Bulletin.objects.get()


def test_s160_a_bulletin_is_published_read_and_acknowledged_once(cast, client_of, bulletin):
    client = client_of(cast.owner)
    assert "延长至 7 月 15 日 𠮷" in client.get("/bulletins/").content.decode()
    assert [client.post(f"/bulletins/{bulletin.pk}/read/").status_code for _ in range(2)] == [302, 302]
    assert list(Acknowledgement.objects.values_list("user", flat=True)) == [cast.owner.pk]


@pytest.mark.parametrize("field", ["title", "text", "in_force_from"])
def test_an_incomplete_bulletin_is_answered_at_its_field(cast, client_of, field):
    answer = client_of(cast.clerk).post("/bulletins/new/", BODY | {field: ""})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Bulletin.objects.count() == 0


def test_who_has_not_read_is_asked_until_it_is_withdrawn(
    cast, client_of, bulletin, django_assert_num_queries
):
    client_of(cast.owner).post(f"/bulletins/{bulletin.pk}/read/")
    with django_assert_num_queries(1):
        found = unread([cast.owner, cast.lead, cast.admin])
    assert found == {cast.lead.pk: [bulletin]}
    client_of(cast.clerk).post(f"/bulletins/{bulletin.pk}/withdraw/", {"reason": "Wrong date"})
    assert unread([cast.owner, cast.lead]) == {}
    assert client_of(cast.lead).post(f"/bulletins/{bulletin.pk}/read/").status_code == 404


def test_a_withdrawal_is_written_down_once_and_a_draft_is_nobodys(cast, client_of, bulletin):
    for _twice in range(2):
        client_of(cast.clerk).post(f"/bulletins/{bulletin.pk}/withdraw/", {"reason": "Wrong date"})
    told = AuditEntry.objects.filter(act="visits.bulletin.withdrawn").values_list("actor", "reason")
    assert list(told) == [(cast.clerk.pk, "Wrong date")]
    assert Bulletin.objects.visible_to(cast.owner).count() == 1
    Bulletin.objects.update(published_at=None)
    assert Bulletin.objects.visible_to(cast.owner).count() == 0


def test_a_foreign_address_is_no_way_back(cast, client_of, bulletin):
    answer = client_of(cast.owner).post(
        f"/bulletins/{bulletin.pk}/read/", {"next": "https://elsewhere.example/"}
    )
    assert answer["Location"] == "/bulletins/"
