"""The tab of attachments: adding, refusals at the field, and that a file goes no further than its unit."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.units.services import change_owner
from kam.audit.models import AuditEntry
from kam.files.models import Attachment
from tests.factories.accounts import make_unit
from tests.factories.files import picture, upload


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner)


def add(client, unit, file):
    return client.post(f"/accounts/{unit.pk}/files/", {"file": file})


def status_of(client, address):
    answer = client.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)  # reading to the end closes the file
    return answer.status_code


def test_a_file_is_added_shown_and_told_on_the_timeline(cast, client_of, unit):
    client = client_of(cast.owner)
    answer = add(client, unit, upload("合同.pdf"))
    row = Attachment.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/accounts/{unit.pk}/tabs/attachments/")
    assert (row.owner_kind, row.owner_id, row.by) == ("accounts.unit", str(unit.pk), cast.owner)
    html = client.get(answer["Location"]).content.decode()
    assert 'Attachments<span class="n">1</span>' in html
    assert f'href="/files/{row.pk}/"' in html
    timeline = client.get(f"/accounts/{unit.pk}/timeline/?kind=files").content.decode()
    assert "合同.pdf" in timeline
    assert AuditEntry.objects.filter(act="files.attachment.added", object_id=str(row.pk)).count() == 1


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.exe", b"MZ", "Only pictures, PDF"),
        ("a.pdf", b"<html>", "Only pictures, PDF"),
        ("a.pdf", b"", "Only pictures, PDF"),
        ("a.pdf", b"%PDF-" + b"0" * 10_500_000, "up to 10 MB"),
        ("a.jpg", b"\xff\xd8\xff broken", "cannot be read"),
    ],
)
def test_a_refused_file_is_told_at_its_field_and_nothing_is_kept(cast, client_of, unit, name, data, words):
    answer = add(client_of(cast.owner), unit, upload(name, data))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'class="field-error' in html
    assert words in html
    assert (Attachment.objects.count(), AuditEntry.objects.filter(act__startswith="files").count()) == (0, 0)


def test_no_file_chosen_is_told_at_its_field(cast, client_of, unit):
    answer = client_of(cast.owner).post(f"/accounts/{unit.pk}/files/", {})
    assert answer.status_code == 422
    assert "This field is required." in answer.content.decode()


def test_the_clerk_keeps_the_archive_and_the_lead_reads_it(cast, client_of, unit):
    assert add(client_of(cast.clerk), unit, upload()).status_code == 302
    row = Attachment.objects.get()
    assert status_of(client_of(cast.lead), row.get_absolute_url()) == 200
    assert add(client_of(cast.lead), unit, upload("b.pdf")).status_code == 403
    assert (
        'type="file"'
        not in client_of(cast.lead).get(f"/accounts/{unit.pk}/tabs/attachments/").content.decode()
    )
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize(
    "who", ["other_team", "other_lead", "other_manager", "same_team", "finance", "hr", "admin"]
)
def test_strangers_get_neither_the_file_nor_the_form(cast, client_of, unit, who):
    add(client_of(cast.owner), unit, upload())
    row = Attachment.objects.get()
    client = client_of(getattr(cast, who))
    assert status_of(client, row.get_absolute_url()) == 404
    assert client.post(f"{row.get_absolute_url()}remove/").status_code == 404
    assert add(client, unit, upload("b.pdf")).status_code == 404
    assert Attachment.objects.filter(removed_at=None).count() == 1


def test_a_file_goes_with_its_unit_to_the_other_team(cast, client_of, unit):
    add(client_of(cast.owner), unit, upload())
    address = Attachment.objects.get().get_absolute_url()
    change_owner(unit, owner=cast.other_team, by=cast.director, reason="transfer")
    assert status_of(client_of(cast.owner), address) == 404
    assert status_of(client_of(cast.other_team), address) == 200


def test_a_removed_file_is_gone_and_can_be_brought_back(cast, client_of, unit):
    client = client_of(cast.owner)
    add(client, unit, upload())
    address = Attachment.objects.get().get_absolute_url()
    tab = f"/accounts/{unit.pk}/tabs/attachments/"
    assert client.post(f"{address}remove/", {"next": tab})["Location"] == tab
    assert status_of(client, address) == 404
    client.post(f"{address}restore/", {"next": tab})
    assert status_of(client, address) == 200


def test_the_tab_costs_the_same_for_one_and_for_many(cast, client_of, unit):
    client = client_of(cast.owner)

    def statements():
        with CaptureQueriesContext(connection) as caught:
            assert client.get(f"/accounts/{unit.pk}/tabs/attachments/").status_code == 200
        return len(caught)

    add(client, unit, upload("p.png", picture()))
    statements()  # the toast of the first is read and gone
    one = statements()
    for number in range(5):
        add(client, unit, upload(f"p{number}.png", picture()))
    statements()
    assert statements() == one
