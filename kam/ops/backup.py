"""Backup and restore: the database as pg_dump's archive, the uploads, and a list of what is inside, in one tar file."""

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings
from django.db import connection
from django.utils import timezone

from kam.core.addresses import database_config


class BackupError(Exception):
    """The backup or restore stopped; nothing half is left in place of the old."""


def _connection_arguments(url: str) -> tuple[list[str], dict[str, str]]:
    config = database_config(url)
    arguments = [
        "-h",
        str(config["HOST"] or "localhost"),
        "-p",
        str(config["PORT"] or 5432),
        "-U",
        str(config["USER"]),
        "-d",
        str(config["NAME"]),
    ]
    return arguments, {"PGPASSWORD": str(config["PASSWORD"] or "")}


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupError(done.stderr.strip()[-500:])


def _owner_url() -> str:
    if not settings.DATABASE_OWNER_URL:
        raise BackupError("DATABASE_OWNER_URL is missing: backups read as the owner.")
    return str(settings.DATABASE_OWNER_URL)


def make_backup(folder: Path, *, now: datetime | None = None) -> Path:
    """Write kam-YYYYmmdd-HHMMSS.tar into `folder` and return its path. The file holds personal data: keep it encrypted, off this host."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stamp = (now or timezone.now()).strftime("%Y%m%d-%H%M%S")
    target = folder / f"kam-{stamp}.tar"
    arguments, environment = _connection_arguments(_owner_url())
    with tempfile.TemporaryDirectory(dir=folder) as work:
        dump = Path(work) / "database.dump"
        _run(["pg_dump", "-Fc", "--no-owner", "-f", str(dump), *arguments], environment)
        manifest = {
            "made_at": stamp,
            "sha256": hashlib.sha256(dump.read_bytes()).hexdigest(),
            "counts": row_counts(),
        }
        (Path(work) / "manifest.json").write_text(json.dumps(manifest))
        partial = target.with_suffix(".partial")
        # what a link leads to is kept, not the link
        with tarfile.open(partial, "w", dereference=True) as archive:
            archive.add(dump, "database.dump")
            archive.add(Path(work) / "manifest.json", "manifest.json")
            if settings.MEDIA_ROOT.exists():
                archive.add(settings.MEDIA_ROOT, "media")
        partial.chmod(0o600)
        partial.rename(target)
    return target


def row_counts() -> dict[str, int]:
    """Return table → rows, to compare after a restore."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        counts = {}
        for table in tables:
            cursor.execute(f"select count(*) from {connection.ops.quote_name(table)}")  # noqa: S608 -- a table name from the catalogue
            counts[table] = cursor.fetchone()[0]
    return counts


def unpack(file: Path, into: Path) -> None:
    """Lay out plain files and folders below `into`; raise BackupError where the file holds anything else.

    By hand: Python before 3.11.4, which Debian 12 has, knows no filters.
    """
    with tarfile.open(file) as archive:
        for member in archive:
            target = (into / member.name).resolve()
            if not target.is_relative_to(into.resolve()) or not (member.isfile() or member.isdir()):
                raise BackupError(f"The file holds what no backup holds: {member.name}")
            if member.isdir():
                target.mkdir(parents=True, exist_ok=True)
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as written:
                shutil.copyfileobj(cast("IO[bytes]", archive.extractfile(member)), written)


def restore_backup(file: Path) -> dict[str, Any]:
    """Replace the database and the uploads by those of `file` and return what was compared.

    Raises BackupError when the file was changed or the counts differ. Sending is off afterwards: planned messages are cancelled.
    """
    arguments, environment = _connection_arguments(_owner_url())
    with tempfile.TemporaryDirectory() as work:
        unpack(file, Path(work))
        dump, manifest = Path(work) / "database.dump", json.loads((Path(work) / "manifest.json").read_text())
        if hashlib.sha256(dump.read_bytes()).hexdigest() != manifest["sha256"]:
            raise BackupError("The backup file was changed since it was made.")
        with _no_rights_by_default():
            _run(
                [
                    "pg_restore",
                    "--clean",
                    "--if-exists",
                    "--no-owner",
                    "--exit-on-error",
                    "--single-transaction",
                    *arguments,
                    str(dump),
                ],
                environment,
            )
        counts = row_counts()
        if counts != manifest["counts"]:
            wrong = sorted(t for t in manifest["counts"] if counts.get(t) != manifest["counts"][t])
            raise BackupError(f"Row counts differ after the restore: {', '.join(wrong)}")
        _restore_media(Path(work) / "media")
        with connection.cursor() as cursor:
            cursor.execute(
                "update outbox_message set state = 'cancelled' where state in ('planned', 'sending')"
            )
            held = cursor.rowcount
            cursor.execute(
                "update webhooks_delivery set state = 'dead', last_error = 'restored' where state = 'planned'"
            )
            held += cursor.rowcount
    return {
        "made_at": manifest["made_at"],
        "tables": len(counts),
        "rows": sum(counts.values()),
        "messages_held_back": held,
    }


@contextmanager
def _no_rights_by_default() -> Iterator[None]:
    """Give the application's role nothing on tables made meanwhile.

    An archive holds the rights of each table, not the lack of them: with the database's default rights in force every append-only table would
    come back open to changes by the application.
    """
    role = connection.ops.quote_name(settings.APP_ROLE)
    defaults = (("select, insert, update, delete", "tables"), ("usage, select", "sequences"))
    words = "alter default privileges in schema public {} {} on {} {} " + role
    with connection.cursor() as cursor:
        cursor.execute(
            "select 1 from pg_roles where rolname = %s and rolname <> current_user", [settings.APP_ROLE]
        )
        has_role = cursor.fetchone() is not None
        for rights, kind in defaults if has_role else ():
            cursor.execute(words.format("revoke", rights, kind, "from"))
    connection.close()
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for rights, kind in defaults if has_role else ():
                cursor.execute(words.format("grant", rights, kind, "to"))


def _restore_media(source: Path) -> None:
    if not source.exists():
        return
    target = Path(settings.MEDIA_ROOT)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        target.rename(target.with_name(f"media-before-restore-{timezone.now():%Y%m%d%H%M%S}"))
    source.rename(target)
