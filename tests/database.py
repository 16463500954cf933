"""The test database between transactional tests: emptied although tables are append-only, and with the rows migrations made."""

from typing import Any

from django.db import connection, transaction

#: Made once for a database, and never changed by a test.
LASTING = frozenset({"django_migrations", "django_content_type", "auth_permission"})
#: No migration puts rows into these.
NOT_KEPT = LASTING | {"django_session", "kam_cache"}
#: Up to so many rows a table is emptied row by row: truncating makes every table's and index's file anew, empty or not.
FEW = 2_000


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


def flush_and_bring_back(_operations: Any, _sql_list: list[str]) -> None:
    """Empty the tables as their owner, lifting their triggers for that moment, then bring the kept rows back."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set constraints all deferred")
        filled = _filled(cursor)
        guarded = filled & _guarded(cursor)
        for table in guarded:
            cursor.execute(f'alter table "{table}" disable trigger user')
        if any(_has_many(cursor, table) for table in filled):
            cursor.execute(
                "truncate " + ", ".join(f'"{table}"' for table in _tables(cursor, only_used=False))
            )
        else:
            cursor.execute("; ".join(f'delete from "{table}"' for table in sorted(filled)))
        cursor.execute("select tablename from pg_tables where schemaname = 'kept'")
        for (table,) in cursor.fetchall():
            _bring_back(cursor, table)
        cursor.execute("set constraints all immediate")
        for table in guarded:
            cursor.execute(f'alter table "{table}" enable trigger user')


def _tables(cursor: Any, *, only_used: bool) -> list[str]:
    """Return the tables that tests may write; `only_used`: those that ever held a row since they were made or truncated."""
    cursor.execute(
        "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
        + (" and pg_relation_size(oid) > 0" if only_used else "")
        + " order by relname"
    )
    return [name for (name,) in cursor.fetchall() if name not in LASTING]


def _filled(cursor: Any) -> set[str]:
    """Return the tables that hold a row."""
    looks = [
        f"select '{table}' where exists (select 1 from \"{table}\")"
        for table in _tables(cursor, only_used=True)
    ]
    cursor.execute(" union all ".join(looks))
    return {name for (name,) in cursor.fetchall()}


def _has_many(cursor: Any, table: str) -> bool:
    cursor.execute(f'select exists (select 1 from "{table}" offset {FEW})')
    return bool(cursor.fetchone()[0])


def _guarded(cursor: Any) -> set[str]:
    """Return the tables with triggers of ours."""
    cursor.execute(
        "select distinct relname from pg_trigger join pg_class on pg_class.oid = tgrelid where not tgisinternal"
    )
    return {name for (name,) in cursor.fetchall()}


def _bring_back(cursor: Any, table: str) -> None:
    cursor.execute(
        "select string_agg(quote_ident(attname), ', ') from pg_attribute"
        f" where attrelid = '\"{table}\"'::regclass and attnum > 0 and not attisdropped and attgenerated = ''"
    )
    columns = cursor.fetchone()[0]
    cursor.execute(
        f'insert into "{table}" ({columns}) overriding system value select {columns} from kept."{table}"'
    )
