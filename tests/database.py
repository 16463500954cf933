"""The test database between transactional tests: emptied although tables are append-only, and with the rows migrations made."""

from typing import Any

from django.db import connection, transaction
from django.db.backends.postgresql.operations import DatabaseOperations

#: Made again by Django itself after each flush, or not ours to keep.
NOT_KEPT = frozenset(
    {"django_migrations", "django_content_type", "auth_permission", "django_session", "kam_cache"}
)
_flush = DatabaseOperations.execute_sql_flush


def keep_reference_rows() -> None:
    """Copy every row that migrations made (routes, criteria, quotas …) aside, once a database."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select 1 from pg_namespace where nspname = 'kept'")
        if cursor.fetchone():
            return
        cursor.execute("create schema kept")
        for table in connection.introspection.table_names(cursor):
            if table in NOT_KEPT:
                continue
            cursor.execute(f'select exists (select 1 from "{table}")')
            if cursor.fetchone()[0]:
                cursor.execute(f'create table kept."{table}" as select * from "{table}"')


def flush_and_bring_back(self: DatabaseOperations, sql_list: list[str]) -> None:
    """Empty the tables as their owner, lifting the append-only triggers for that moment, then bring the kept rows back."""
    with transaction.atomic(), connection.cursor() as cursor:
        tables = _append_only(cursor)
        for table in tables:
            cursor.execute(f"alter table {table} disable trigger user")
        _flush(self, sql_list)
        cursor.execute("set constraints all deferred")
        cursor.execute("select tablename from pg_tables where schemaname = 'kept'")
        for (table,) in cursor.fetchall():
            _bring_back(cursor, table)
        cursor.execute("set constraints all immediate")
        for table in tables:
            cursor.execute(f"alter table {table} enable trigger user")


def _append_only(cursor: Any) -> list[str]:
    cursor.execute(
        "select distinct tgrelid::regclass::text from pg_trigger join pg_proc on pg_proc.oid = tgfoid where proname = 'refuse_change'"
    )
    return [row[0] for row in cursor.fetchall()]


def _bring_back(cursor: Any, table: str) -> None:
    cursor.execute(
        "select string_agg(quote_ident(attname), ', ') from pg_attribute"
        f" where attrelid = '\"{table}\"'::regclass and attnum > 0 and not attisdropped and attgenerated = ''"
    )
    columns = cursor.fetchone()[0]
    cursor.execute(
        f'insert into "{table}" ({columns}) overriding system value select {columns} from kept."{table}"'
    )
