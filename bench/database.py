"""A database for the figures: made by the owner, read by the application's role with its ordinary rights."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

from kam.core.addresses import database_config

ROOT = Path(__file__).resolve().parent.parent


def address(url: str, name: str) -> str:
    """Return `url` with another database's name."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def prepare(name: str, *, keep: bool, volume: tuple[int, ...]) -> str:
    """Make, migrate and fill the database unless it is kept; return the application's address of it. Migrated once for all sizes."""
    empty = f"{name.removesuffix('_tenth')}_empty"
    if not name.endswith("_tenth"):
        _create(empty, keep=keep)
        _run(empty, "manage.py", "migrate", "-v0")
    _create(name, keep=keep, template=empty)
    _run(name, "-m", "bench.fill", *(str(number) for number in volume))
    return address(os.environ["DATABASE_URL"], name)


def _create(name: str, *, keep: bool, template: str = "template1") -> None:
    config = database_config(address(os.environ["DATABASE_OWNER_URL"], "postgres"))
    connection = psycopg2.connect(
        host=config["HOST"],
        port=config["PORT"] or None,
        user=config["USER"],
        password=config["PASSWORD"] or None,
        dbname="postgres",
    )
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("select 1 from pg_database where datname = %s", [name])
        exists = cursor.fetchone() is not None
        if exists and not keep:
            cursor.execute(f"drop database {name} with (force)")
        if not exists or not keep:
            cursor.execute(f"create database {name} template {template}")
    connection.close()


def _run(name: str, *command: str) -> None:
    owner, app = (address(os.environ[key], name) for key in ("DATABASE_OWNER_URL", "DATABASE_URL"))
    environment = os.environ | {"KAM_AS_OWNER": "1", "DATABASE_OWNER_URL": owner, "DATABASE_URL": app}
    subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=True)
