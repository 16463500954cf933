"""Attaching, reading, removing."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from kam.audit.models import AuditEntry
from kam.core.errors import BusinessError
from kam.files import services
from kam.files.models import Attachment


def upload(name="a.pdf", data=b"%PDF-1.7 x"):
    return SimpleUploadedFile(name, data)


def picture(size=(30, 20)):
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    Image.new("RGB", size, "red").save(out, "JPEG", exif=exif)
    return out.getvalue()


def stored(row):
    with services.open_file(row) as file:
        return file.read()


def fetch(client, url):
    answer = client.get(url)
    if answer.streaming:
        b"".join(answer.streaming_content)  # reading to the end closes the file
    return answer


def attach(cast, **kwargs):
    return services.attach("tests.own", cast.owner.pk, upload(**kwargs), by=cast.owner)


def test_attach_stores_under_a_random_name_and_audits(cast, settings):
    row = attach(cast, name="../合同.pdf")
    assert (row.name, row.size, "合同" in row.key) == ("合同.pdf", 10, False)
    assert stored(row) == b"%PDF-1.7 x"
    assert AuditEntry.objects.filter(act="files.attachment.added", object_id=str(row.pk)).count() == 1


def test_pictures_are_drawn_anew_and_lose_what_hid_in_them(cast):
    data = picture()
    row = attach(cast, name="p.jpg", data=data)
    kept = stored(row)
    assert b"SecretCamera" in data
    assert b"SecretCamera" not in kept
    assert Image.open(io.BytesIO(kept)).size == (30, 20)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.html", b"<b>", "type"),
        ("a.pdf", b"", "type"),
        ("a.jpg", b"\xff\xd8\xff broken", "picture"),
        ("a.pdf", b"%PDF-" + b"0" * 10_500_000, "too_big"),
    ],
)
def test_attach_refuses_and_writes_nothing(cast, name, data, code, settings):
    with pytest.raises(BusinessError) as refusal:
        attach(cast, name=name, data=data)
    assert (refusal.value.code, Attachment.objects.count(), AuditEntry.objects.count()) == (code, 0, 0)


def test_a_record_holds_twenty_files(cast):
    for _number in range(20):
        attach(cast)
    with pytest.raises(BusinessError, match="20 files"):
        attach(cast)
    assert Attachment.objects.count() == 20


def test_download_is_for_those_who_may_read_the_record(cast, client_of):
    row = attach(cast)
    answer = fetch(client_of(cast.owner), row.get_absolute_url())
    assert answer.headers["Content-Disposition"] == 'attachment; filename="a.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert fetch(client_of(cast.manager), row.get_absolute_url()).status_code == 404
    assert fetch(client_of(cast.manager), "/files/999999/").status_code == 404


def test_only_pictures_are_shown_in_a_page(cast, client_of):
    client = client_of(cast.owner)
    shown = fetch(client, attach(cast, name="p.jpg", data=picture()).get_absolute_url() + "?show=1")
    saved = fetch(client, attach(cast).get_absolute_url() + "?show=1")
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert saved.headers["Content-Disposition"].startswith("attachment")


def test_remove_hides_the_file_and_undo_brings_it_back(cast, client_of):
    row, client = attach(cast), client_of(cast.owner)
    client.post(f"/files/{row.pk}/remove/")
    assert fetch(client, row.get_absolute_url()).status_code == 404
    client.post(f"/files/{row.pk}/restore/")
    assert fetch(client, row.get_absolute_url()).status_code == 200


def test_nobody_else_removes_a_file(cast, client_of):
    row = attach(cast)
    assert client_of(cast.manager).post(f"/files/{row.pk}/remove/").status_code == 404
    row.refresh_from_db()
    assert row.removed_at is None


def test_a_file_does_not_come_back_to_a_record_that_was_filled_meanwhile(cast, client_of):
    row, client = attach(cast), client_of(cast.owner)
    client.post(f"/files/{row.pk}/remove/")
    for _number in range(20):
        attach(cast)
    said = client.post(f"/files/{row.pk}/restore/", follow=True).content.decode()
    row.refresh_from_db()
    assert (row.removed_at is None, "A record holds up to 20 files." in said) == (False, True)
    assert Attachment.objects.of("tests.own", cast.owner.pk).count() == 20
