"""Statements that every page asks: written with the ORM, turned into SQL once a process instead of once a request.

Building a query and its SQL costs more than running it. A `Prepared` keeps the SQL; each call fills in its values:

    _open = Prepared(lambda: Task.objects.open().filter(assignee__any_of=blank("people"), due_on__lte=blank("day")))
    rows = _open(people=[3, 7], day=today)

Where a value goes there is a `blank`; a list of numbers fits `__any_of`. Where the statement itself differs, say with the reach of
the reader, the difference is handed to the builder and one statement is kept for each, up to `most`: `_mine(scope.reach, day=today)`.
"""

from collections.abc import Callable, Hashable
from copy import copy
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Field, ForeignKey, Lookup, QuerySet

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class _Mark:
    """Holds the place of a value among the parameters of a statement."""

    name: str


class _Blank(Expression):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        del compiler, connection
        return "%s", (_Mark(self.name),)


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


class Prepared(Generic[Row]):
    """A statement that is built once; each call returns its rows anew."""

    def __init__(self, build: Callable[..., QuerySet[Any, Row]], *, most: int = 64) -> None:
        self._build, self._most = build, most
        self._made: dict[tuple[Hashable, ...], tuple[QuerySet[Any, Row], Any, str, tuple[Any, ...]]] = {}

    def __call__(self, *shape: Hashable, **values: Any) -> list[Row]:
        """Return the rows of the statement for `shape`; KeyError where a value for a blank is missing."""
        made = self._made.get(shape)
        if made is None:
            if len(self._made) >= self._most:
                self._made.clear()
            made = self._made[shape] = self._make(shape)
        rows, compiler, sql, params = made
        filled = tuple(values[param.name] if isinstance(param, _Mark) else param for param in params)
        mine = copy(compiler)
        mine.connection = connections[DEFAULT_DB_ALIAS]  # the statement may have been made in another thread
        mine.as_sql = lambda *_args, **_options: (sql, filled)
        asked = rows.all()
        asked.query.get_compiler = lambda *_args, **_options: mine  # type: ignore[method-assign]  # the one made above
        return list(asked)

    def _make(self, shape: tuple[Hashable, ...]) -> tuple[QuerySet[Any, Row], Any, str, tuple[Any, ...]]:
        rows = self._build(*shape)
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        return rows, compiler, sql, tuple(params)
