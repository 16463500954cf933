"""Values of a statement that came as JSON, turned into what the driver gives for the same column."""

import json
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import Field, ForeignKey

Reader = Callable[[Any], Any]


def _json_text(value: Any) -> str:
    """Return the text that the driver gives for a JSON column: Django parses it itself."""
    return json.dumps(value, default=float)


_READERS: dict[str, Reader] = {
    "DateField": date.fromisoformat,
    "DateTimeField": datetime.fromisoformat,
    "DecimalField": Decimal,
    "FloatField": float,
    "JSONField": _json_text,
    "TimeField": time.fromisoformat,
    "UUIDField": UUID,
}
_SAME = frozenset({"BooleanField", "CharField", "SlugField", "TextField"})
_NUMBERS = ("AutoField", "IntegerField")


def reader_of(field: "Field[Any, Any]") -> Reader | None:
    """Return what reads a column of this field, None where JSON says the same; TypeError for a kind nobody needed yet."""
    if isinstance(field, ForeignKey):
        return reader_of(field.target_field)
    if isinstance(field, ArrayField):
        inner = reader_of(field.base_field)
        return None if inner is None else lambda values: [_read(inner, value) for value in values]
    kind = field.get_internal_type()
    if kind in _SAME or kind.endswith(_NUMBERS):
        return None
    if kind not in _READERS:
        raise TypeError(f"{field!r}: columns of {kind} cannot be read together with others yet")
    return _READERS[kind]


def read_rows(text: str | None, readers: tuple[Reader | None, ...]) -> list[tuple[Any, ...]]:
    """Return the rows of a JSON list of objects, whose values stand in the order of the columns."""
    if text is None:
        return []
    found = json.loads(text, parse_float=Decimal)
    if not any(readers):  # most statements of numbers and texts
        return [tuple(row.values())[: len(readers)] for row in found]
    return [
        tuple(
            value if reader is None or value is None else reader(value)
            for reader, value in zip(readers, row.values(), strict=False)
        )
        for row in found
    ]


def _read(reader: Reader, value: Any) -> Any:
    return None if value is None else reader(value)
