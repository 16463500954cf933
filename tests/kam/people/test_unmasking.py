"""Masked data is shown to few, with a reason, remembered each time."""

import pytest

from kam.audit.models import AuditEntry
from kam.people import registry
from kam.users.models import User


@pytest.fixture
def address(cast):
    """A user stands in for a person of a unit; everybody sees the row, its own manager sees it plain."""
    registry.register_unmaskable(
        "tests.person",
        load=lambda pk, _user: User.objects.filter(pk=pk).first(),
        fields={"mobile": "Mobile", "email": "E-mail"},
        sees_plain=lambda row, user: user == cast.manager,
    )
    User.objects.filter(pk=cast.owner.pk).update(mobile="13812345678")
    yield f"/people/unmask/tests.person/{cast.owner.pk}/"
    registry._unmaskable.pop("tests.person")


def test_the_director_sees_it_with_a_reason_and_each_look_is_remembered(cast, client_of, address):
    client = client_of(cast.director)
    for reason in ("complaint 7", "second look"):
        page = client.post(address, {"reason": reason})
        assert "13812345678" in page.content.decode()
        assert page.headers["Cache-Control"] == "no-store"
    entries = AuditEntry.objects.filter(act="people.unmasked").order_by("id")
    assert list(entries.values_list("actor", "reason")) == [
        (cast.director.pk, "complaint 7"),
        (cast.director.pk, "second look"),
    ]
    assert "13812345678" not in str(list(entries.values()))


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_is_shown_or_remembered(cast, client_of, address, reason):
    page = client_of(cast.gm).post(address, {"reason": reason})
    assert page.status_code == 422
    assert "13812345678" not in page.content.decode()
    assert AuditEntry.objects.count() == 0


def test_who_manages_the_row_needs_no_reason(cast, client_of, address):
    assert "13812345678" in client_of(cast.manager).post(address).content.decode()
    assert AuditEntry.objects.get().actor == cast.manager


def test_everybody_else_is_refused(cast, client_of, address):
    for person in (cast.lead, cast.other_team, cast.finance, cast.clerk, cast.hr, cast.marketing, cast.admin):
        assert client_of(person).post(address, {"reason": "please"}).status_code == 403
    assert AuditEntry.objects.count() == 0


def test_it_is_never_shown_by_following_a_link(cast, client_of, address):
    assert client_of(cast.director).get(address).status_code == 405
