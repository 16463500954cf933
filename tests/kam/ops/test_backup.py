"""A backup restores: same rows, waiting mails held back, a changed file refused."""

import tarfile
from datetime import UTC, datetime

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone

from kam.ops.backup import BackupError, make_backup, restore_backup, unpack
from kam.outbox.models import Message
from kam.outbox.services import post
from kam.users.models import User
from kam.webhooks.models import Delivery, Endpoint
from kam.webhooks.services import make_endpoint, try_endpoint
from tests.factories.kam import make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def owner_url(settings):
    """Point the backup at the test database."""
    values = connection.settings_dict
    host = str(values["HOST"]).replace("/", "%2F")
    settings.DATABASE_OWNER_URL = f"postgres://{values['USER']}:{values['PASSWORD'] or ''}@{host}:{values['PORT'] or 5432}/{values['NAME']}"


def test_a_restored_backup_holds_the_same_rows_and_sends_nothing(owner_url, settings, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "photo.png").write_bytes(b"first")
    (tmp_path / "elsewhere" / "same.png").hardlink_to(tmp_path / "elsewhere" / "photo.png")
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.symlink_to(tmp_path / "elsewhere")
    user = make_user("someone")
    post(key="a", to=user, kind="test", subject="s", text="t")
    make_endpoint("table", "https://program.example/", ["accounts.unit.created"], by=user)
    try_endpoint(Endpoint.objects.get(), by=user)
    file = make_backup(tmp_path / "backups", now=datetime(2026, 11, 21, 8, 0, tzinfo=UTC))
    assert file.name == "kam-20261121-080000.tar"
    User.objects.filter(pk=user.pk).update(name="Changed afterwards")
    (tmp_path / "elsewhere" / "photo.png").write_bytes(b"changed")
    told = restore_backup(file)
    assert [(settings.MEDIA_ROOT / name).read_bytes() for name in ("photo.png", "same.png")] == [b"first"] * 2
    user.refresh_from_db()
    assert (user.name, told["messages_held_back"]) == ("Someone", 2)
    assert Message.objects.get().state == "cancelled"
    assert Delivery.objects.get().state == "dead"


def rights():
    """Return what the application's role may do to each table and sequence, and what it would get on new ones."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname, relkind, relacl::text, (select string_agg(attname || attacl::text, ',' order by attname)"
            " from pg_attribute where attrelid = c.oid and attacl is not null) from pg_class c"
            " where relnamespace = 'public'::regnamespace and relkind in ('r', 'S') order by relname"
        )
        found = cursor.fetchall()
        cursor.execute("select defaclobjtype, defaclacl::text from pg_default_acl order by 1")
        return found, cursor.fetchall()


def test_a_restored_database_gives_the_application_no_more_than_before(owner_url, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    before = rights()
    assert any(row[0] == "audit_auditentry" and "kam_app=ar/" in row[2] for row in before[0])
    restore_backup(make_backup(tmp_path / "backups", now=timezone.now()))
    assert rights() == before


def test_a_changed_file_is_refused_and_nothing_is_touched(owner_url, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    user = make_user("someone")
    file = make_backup(tmp_path / "backups", now=timezone.now())
    unpack(file, tmp_path / "open")
    with open(tmp_path / "open" / "database.dump", "ab") as dump:
        dump.write(b"x")
    with tarfile.open(file, "w") as archive:
        for name in ("database.dump", "manifest.json"):
            archive.add(tmp_path / "open" / name, name)
    User.objects.filter(pk=user.pk).update(name="Still here")
    with pytest.raises(BackupError, match="was changed"):
        restore_backup(file)
    user.refresh_from_db()
    assert user.name == "Still here"


def member(name, kind=tarfile.REGTYPE, target=""):
    told = tarfile.TarInfo(name)
    told.type, told.linkname = kind, target
    return told


@pytest.mark.parametrize(
    "planted",
    [
        member("../outside"),
        member("/outside"),
        member("media/../../outside"),
        member("link", tarfile.SYMTYPE, "/"),
        member("link", tarfile.LNKTYPE, "../outside"),
        member("pipe", tarfile.FIFOTYPE),
    ],
    ids=lambda told: f"{told.name} {told.type.decode()}",
)
def test_a_file_that_holds_more_than_a_backup_is_refused_and_nothing_is_touched(
    planted, owner_url, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path / "media"
    user = make_user("someone")
    file = make_backup(tmp_path / "backups", now=timezone.now())
    with tarfile.open(file, "a") as archive:
        archive.addfile(planted)
    User.objects.filter(pk=user.pk).update(name="Still here")
    with pytest.raises(BackupError, match="what no backup holds"):
        restore_backup(file)
    user.refresh_from_db()
    assert user.name == "Still here"
    with pytest.raises(BackupError, match="what no backup holds"):
        unpack(file, tmp_path / "in" / "here")
    assert not [*tmp_path.rglob("outside"), *tmp_path.rglob("link"), *tmp_path.rglob("pipe")]


def test_folders_of_uploads_are_laid_out_as_they_were(tmp_path):
    (tmp_path / "media" / "2026" / "empty").mkdir(parents=True)
    (tmp_path / "media" / "2026" / "photo.png").write_bytes(b"\x89PNG")
    with tarfile.open(tmp_path / "kam.tar", "w") as archive:
        archive.add(tmp_path / "media", "media")
    unpack(tmp_path / "kam.tar", tmp_path / "in")
    assert sorted(str(path.relative_to(tmp_path / "in")) for path in (tmp_path / "in").rglob("*")) == [
        "media",
        "media/2026",
        "media/2026/empty",
        "media/2026/photo.png",
    ]
    assert (tmp_path / "in" / "media" / "2026" / "photo.png").read_bytes() == b"\x89PNG"


def test_without_the_owners_address_the_backup_says_so(settings, tmp_path):
    settings.DATABASE_OWNER_URL = ""
    with pytest.raises(BackupError, match="DATABASE_OWNER_URL"):
        make_backup(tmp_path)
    assert django_settings.DATABASE_OWNER_URL == ""
