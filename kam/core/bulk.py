"""Many new rows at once by COPY: a third of the work of an INSERT with as many parameters."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BooleanField, Field, JSONField, Model
from django.db.models.expressions import DatabaseDefault

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_IN_ARRAY = str.maketrans({"\\": "\\\\", '"': '\\"'})
_NULL = "\\N"


def copy_rows(rows: Sequence[Model]) -> None:
    """Add new rows of one model. Constraints, triggers and sequences work as ever; the objects get no number.

    Give numbers beforehand (all or none) where others must point at the rows.
    """
    if not rows:
        return
    meta = rows[0]._meta  # noqa: SLF001 -- Django documents _meta as its API
    fields = [field for field in meta.concrete_fields if _is_written(field, rows[0])]
    columns = [(field, field.attname, _writer(field)) for field in fields]
    text = io.StringIO()
    for row in rows:
        cells = []
        for field, name, write in columns:
            value = field.pre_save(row, add=True) if hasattr(field, "auto_now_add") else getattr(row, name)
            cells.append(_NULL if value is None else write(value))
        text.write("\t".join(cells) + "\n")
    text.seek(0)
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.cursor.copy_expert(f"copy {quote(meta.db_table)} ({names}) from stdin", text)


def next_numbers(model: type[Model], count: int) -> list[int]:
    """Return `count` numbers that no row of `model` has or will get."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence(%s, 'id')) from generate_series(1, %s)",
            [model._meta.db_table, count],  # noqa: SLF001 -- Django documents _meta as its API
        )
        return [row[0] for row in cursor.fetchall()]


def _is_written(field: Field[Any, Any], row: Model) -> bool:
    """Leave to the database what is its own: generated columns, its defaults, numbers not given."""
    if getattr(field, "generated", False):
        return False
    value = getattr(row, field.attname)
    return not isinstance(value, DatabaseDefault) and not (field.primary_key and value is None)


def _writer(field: Field[Any, Any]) -> Callable[[Any], str]:
    if isinstance(field, JSONField):
        return lambda value: json.dumps(value, ensure_ascii=False, cls=field.encoder).translate(_ESCAPES)
    if isinstance(field, ArrayField):
        return _array
    if isinstance(field, BooleanField):
        return lambda value: "t" if value else "f"
    return lambda value: str(value).translate(_ESCAPES)


def _array(values: Sequence[str]) -> str:
    inside = ",".join(f'"{str(value).translate(_IN_ARRAY)}"' for value in values)
    return f"{{{inside}}}".translate(_ESCAPES)
