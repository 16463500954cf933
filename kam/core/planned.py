"""Statements that the database server keeps too: it reads and plans their text once a connection, each call sends a name and values.

Planning costs most statements of a page several times what running them does. Constants of a statement stay in its text, so that
indexes over a part of a table still fit; only what differs from call to call goes as a value.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from psycopg2.extensions import AsIs  # type: ignore[import-untyped]  # psycopg2 ships no types

#: So many texts are kept on one connection; their plans take some of the server's memory.
MOST = 256
#: The type a value has for the server. A text may stand for a choice, an address or JSON: there the server looks at where it stands.
_TYPES: dict[type, str] = {
    bool: "boolean",
    date: "date",
    datetime: "timestamptz",
    Decimal: "numeric",
    int: "bigint",
    UUID: "uuid",
}
_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Mark:
    """Holds the place of a value among the parameters of a statement; `of` tells those of several statements in one text apart."""

    name: str
    of: int = 0


@dataclass(frozen=True, slots=True)
class _Kept:
    """A text that a connection's server keeps: how it is run, and which values go with it in which order."""

    run: str
    marks: tuple[Mark, ...]


@dataclass(slots=True)
class _Known:
    """What is kept on one connection; another connection to the server knows none of it."""

    connection: Any
    kept: dict[Hashable, _Kept] = field(default_factory=dict)


def planned(
    wrapper: Any,
    key: Hashable,
    text: Callable[[], tuple[str, Sequence[Any]]],
    values: Mapping[Mark, Any],
) -> tuple[str, list[Any]]:
    """Return the short statement that runs the one kept under `key`, and its parameters; `text()` is its SQL with marks among the parameters."""
    wrapper.close_if_health_check_failed()
    wrapper.ensure_connection()
    known = wrapper.__dict__.get("_kam_planned")
    if known is None or known.connection is not wrapper.connection:
        known = wrapper.__dict__["_kam_planned"] = _Known(wrapper.connection)
    kept = known.kept.get(key)
    if kept is None:
        kept = _prepare(wrapper, known, *text(), values)
        known.kept[key] = kept
    return kept.run, [values[mark] for mark in kept.marks]


def _prepare(
    wrapper: Any, known: _Known, sql: str, params: Sequence[Any], values: Mapping[Mark, Any]
) -> _Kept:
    """Hand a text to the server under a new name; past the log of statements, for it asks nothing."""
    marks: list[Mark] = []
    written = [_place(param, marks, values) if isinstance(param, Mark) else param for param in params]
    types = ", ".join(_type_of(values[mark]) for mark in marks)
    with wrapper.wrap_database_errors, wrapper.connection.cursor() as cursor:
        if len(known.kept) >= MOST:
            cursor.execute("DEALLOCATE ALL")
            known.kept.clear()
        name = f"kept_{len(known.kept) + 1}"
        head = f"PREPARE {name} ({types}) AS " if types else f"PREPARE {name} AS "
        cursor.execute(head.encode() + cast("bytes", cursor.mogrify(sql, written)))
    places = ", ".join(["%s"] * len(marks))
    return _Kept(f"EXECUTE {name} ({places})" if marks else f"EXECUTE {name}", tuple(marks))


def _place(mark: Mark, marks: list[Mark], values: Mapping[Mark, Any]) -> AsIs:
    """Return where a value stands. A text may be compared with columns of several types: it gets a place each time."""
    if mark not in marks or _type_of(values[mark]) == _UNKNOWN:
        marks.append(mark)
        return AsIs(f"${len(marks)}")
    return AsIs(f"${marks.index(mark) + 1}")


def _type_of(value: Any) -> str:
    if isinstance(value, list):
        inner = _type_of(value[0]) if value else _UNKNOWN
        return _UNKNOWN if inner == _UNKNOWN else f"{inner}[]"
    return _TYPES.get(type(value), _UNKNOWN)
