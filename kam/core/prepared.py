"""Statements that every page asks: written with the ORM, turned into SQL once a process instead of once a request.

Building a query and its SQL costs more than running it. A `Prepared` keeps the SQL; each call fills in its values:

    _open = Prepared(lambda: Task.objects.open().filter(assignee__any_of=blank("people"), due_on__lte=blank("day")))
    rows = _open(people=[3, 7], day=today)

Where a value goes there is a `blank`; a list of numbers fits `__any_of`. Where the statement itself differs, say with the reach of
the reader, the difference is handed to the builder and one statement is kept for each, up to `most`: `_mine(scope.reach, day=today)`.
Several of them can be asked at once: `ask_together([_open.filled(people=[3], day=today), _late.filled(day=today)])`.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Field, ForeignKey, Lookup, QuerySet

from kam.core.cells import Reader, read_rows, reader_of
from kam.core.planned import Mark, planned

Row = TypeVar("Row")


class _Blank(Expression):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        del compiler, connection
        return "%s", (Mark(self.name),)


def blank(name: str) -> Any:
    """Return what stands in a statement for the value that each call gives as `name`."""
    return _Blank(name)


@Field.register_lookup
@ForeignKey.register_lookup
class AnyOf(Lookup):
    """`owner__any_of=[3, 7]`: like `__in`, with the whole list as one value."""

    lookup_name = "any_of"

    def get_prep_lookup(self) -> Any:
        return self.rhs if hasattr(self.rhs, "resolve_expression") else list(self.rhs)

    def get_db_prep_lookup(self, value: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        del connection
        return "%s", (value,)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        lhs, lhs_params = self.process_lhs(compiler, connection)
        rhs, rhs_params = self.process_rhs(compiler, connection)
        return f"{lhs} = ANY({rhs})", (*lhs_params, *rhs_params)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Statement(Generic[Row]):
    """What is kept of a statement: its SQL, and the queryset and compiler that make rows of what it gives."""

    rows: QuerySet[Any, Row]
    compiler: Any
    sql: str
    params: tuple[Any, ...]

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """The places of values, each once."""
        return tuple(dict.fromkeys(param for param in self.params if isinstance(param, Mark)))

    @cached_property
    def readers(self) -> tuple[Reader | None, ...]:
        """What reads each column of an answer that comes as JSON."""
        return tuple(reader_of(column.output_field) for column, *_sql in self.compiler.select)

    @cached_property
    def columns(self) -> str:
        """Names that differ, for columns of which two may have the same one."""
        return ",".join(f"c{number}" for number in range(len(self.compiler.select)))


@dataclass(frozen=True, slots=True)
class Filled(Generic[Row]):
    """A statement with its values, not asked yet."""

    statement: _Statement[Row]
    values: Mapping[str, Any]

    def answer(self) -> list[Row]:
        """Ask the database."""
        compiler = copy(self.statement.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]  # may have been made in another thread
        compiler.as_sql = lambda *_args, **_options: self._planned(compiler.connection)
        return self._made_by(compiler)

    def _planned(self, connection: Any) -> tuple[str, list[Any]]:
        kept = self.statement
        values = {mark: self.values[mark.name] for mark in kept.marks}
        return planned(connection, kept, lambda: (kept.sql, kept.params), values)

    def answer_from(self, text: str | None) -> list[Row]:
        """Return the rows of an answer that came as JSON."""
        readers = self.statement.readers
        if text is None:  # most of what Today asks has no row, and nothing needs to be made of none
            return []
        cells = read_rows(text, readers)
        compiler = copy(self.statement.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        compiler.execute_sql = lambda *_args, **_options: (cells,)
        return self._made_by(compiler)

    def _made_by(self, compiler: Any) -> list[Row]:
        rows = self.statement.rows.all()
        rows.query.get_compiler = lambda *_args, **_options: compiler  # type: ignore[method-assign]  # the one that is kept
        return list(rows)


class Prepared(Generic[Row]):
    """A statement that is built once; each call returns its rows anew."""

    def __init__(self, build: Callable[..., QuerySet[Any, Row]], *, most: int = 64) -> None:
        self._build, self._most = build, most
        self._made: dict[tuple[Hashable, ...], _Statement[Row]] = {}

    def __call__(self, *shape: Hashable, **values: Any) -> list[Row]:
        """Return the rows of the statement for `shape`; KeyError where a value for a blank is missing."""
        return self.filled(*shape, **values).answer()

    def filled(self, *shape: Hashable, **values: Any) -> Filled[Row]:
        """Return the statement for `shape` with its values, to be asked alone or by `ask_together`."""
        made = self._made.get(shape)
        if made is None:
            if len(self._made) >= self._most:
                self._made.clear()
            made = self._made[shape] = self._make(shape)
        for mark in made.marks:
            values[mark.name]  # a value that is missing is told here, not when the database is asked
        return Filled(made, values)

    def _make(self, shape: tuple[Hashable, ...]) -> _Statement[Row]:
        rows = self._build(*shape)
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        return _Statement(rows=rows, compiler=compiler, sql=sql, params=tuple(params))


def ask_together(asked: Sequence[Filled[Any]]) -> list[list[Any]]:
    """Return the rows of several statements, in their order, asking the database once.

    Each statement becomes one value of a single row: its rows as JSON, of which its own columns, models and annotations are made again.
    """
    if not asked:
        return []
    connection = connections[DEFAULT_DB_ALIAS]
    values = {
        Mark(mark.name, place): one.values[mark.name]
        for place, one in enumerate(asked)
        for mark in one.statement.marks
    }
    key = ("together", *(one.statement for one in asked))
    sql, params = planned(connection, key, lambda: _all_in_one(asked), values)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found = cursor.fetchone() or ()
    return [one.answer_from(text) for one, text in zip(asked, found, strict=True)]


def _all_in_one(asked: Sequence[Filled[Any]]) -> tuple[str, Sequence[Any]]:
    # The kept statements are ours and their values go as parameters; nothing else is put into this text.
    parts = [
        f"(SELECT json_agg(kept)::text FROM ({one.statement.sql}) kept({one.statement.columns}))"  # noqa: S608 -- see above
        for one in asked
    ]
    params = [
        Mark(param.name, place) if isinstance(param, Mark) else param
        for place, one in enumerate(asked)
        for param in one.statement.params
    ]
    return "SELECT " + ", ".join(parts), params


_AHEAD = "_read_ahead"


def read_ahead(holder: Any, asked: Mapping[str, Filled[Any]]) -> None:
    """Ask for all of these at once and keep the rows with `holder`, an object that lives as long as the request; `rows_read` gives them out."""
    holder.__dict__[_AHEAD] = dict(zip(asked, ask_together(list(asked.values())), strict=True))


def rows_read(holder: Any, key: str, filled: Callable[[], Filled[Row]]) -> list[Row]:
    """Return what was read ahead under `key`, else ask for it."""
    ahead: Mapping[str, list[Row]] = holder.__dict__.get(_AHEAD, {})
    return ahead[key] if key in ahead else filled().answer()


def forget_read(holder: Any, key: str) -> None:
    """Let `rows_read` ask anew for what the page itself has changed."""
    holder.__dict__.get(_AHEAD, {}).pop(key, None)
