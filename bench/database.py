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


def prepare(name: str, *, keep: bool, volume: tuple[int, int, int]) -> str:
    """Make, migrate and fill the database unless it is kept; return the application's address of it."""
    owner, app = os.environ["DATABASE_OWNER_URL"], os.environ["DATABASE_URL"]
    config = database_config(address(owner, "postgres"))
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
            cursor.execute(f"create database {name}")
    connection.close()
    environment = os.environ | {
        "KAM_AS_OWNER": "1",
        "DATABASE_OWNER_URL": address(owner, name),
        "DATABASE_URL": address(app, name),
    }
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
    subprocess.run(
        [sys.executable, "-m", "bench.fill", *(str(number) for number in volume)],
        cwd=ROOT,
        env=environment,
        check=True,
    )
    return address(app, name)
