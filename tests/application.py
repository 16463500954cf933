"""The application's own role at the database's prompt: what it may try on a table that only grows (R-13)."""

import os
from urllib.parse import urlsplit

import psycopg2
from django.conf import settings
from django.db import connection

ATTACKS = (
    "update {t} set {key} = {key}",
    "delete from {t}",
    "truncate {t} cascade",
    "alter table {t} add column x int",
    "alter table {t} disable trigger all",
    "alter table {t} owner to {app}",
    "drop table {t} cascade",
    "create trigger x before insert on {t} for each row execute function refuse_change()",
    "set role {owner}; delete from {t}",
    "set session_replication_role = replica; delete from {t}",
    "grant all on {t} to {app}; delete from {t}",
)


def open_as_application():
    """Return a connection of the application's role to the test database; each statement is its own transaction."""
    url = urlsplit(os.environ["DATABASE_URL"])
    target = connection.settings_dict
    opened = psycopg2.connect(
        host=target["HOST"],
        port=target["PORT"],
        dbname=target["NAME"],
        user=url.username,
        password=url.password,
    )
    opened.autocommit = True
    return opened


def attempts(keys):
    """Return every attack on every table, as SQL; `keys` names a column of each table."""
    owner = connection.settings_dict["USER"]
    return [
        attack.format(t=table, key=key, app=settings.APP_ROLE, owner=owner)
        for table, key in keys.items()
        for attack in ATTACKS
    ]


def refusals(as_application, keys):
    """Try every attack as the application; return SQL → name of the error, or "done" for what was let through."""
    found = {}
    for sql in attempts(keys):
        try:
            as_application(sql)
            found[sql] = "done"
        except psycopg2.Error as error:
            found[sql] = type(error).__name__
    return found


def contents_of(tables):
    """Return table → number of rows and a hash over all of them."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"select count(*), md5(string_agg(t::text, '|' order by t::text)) from {table} t")
            found[table] = cursor.fetchone()
    return found
