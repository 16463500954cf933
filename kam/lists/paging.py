"""Next and previous by key, never by offset: page 1,000 costs what page 1 costs.

Rows with a value come first, in order of (value, id); rows without one follow in order of id. Each page is one statement
`WHERE (value, id) > (…) ORDER BY value, id LIMIT n`, and a second one only on the page where the values end.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core import signing
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, IntegerField, Q, QuerySet, Subquery, Value
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from kam.core.prepared import Prepared, blank
from kam.lists.spec import ListSpec, Sort, list_called
from kam.users.models import User
from kam.users.scopes import Part, Reach, scope_of, seen_by, stand_in

COUNT_CAP = 10_000
#: Columns and the values each may have: what a statement that is kept can hold.
Conditions = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place between two rows: the row it stands at, and how many rows stand before it."""

    value: Any
    pk: int
    before: int


@dataclass(frozen=True, slots=True)
class Slice:
    """One page of rows, and the ways on; `start` is how many rows stand before the first."""

    rows: list[Any]
    start: int
    next: Cursor | None
    previous: Cursor | None


def read_page(
    rows: QuerySet[Any], sort: Sort, *, size: int, reverse: bool, after: Cursor | None, before: Cursor | None
) -> Slice:
    """Return the page after (or before) a cursor, else the first one."""
    descending = sort.descending != reverse
    if before is not None:
        found = _rows_before(rows, sort, descending, before, size + 1)
        more, found = len(found) > size, found[:size][::-1]
        start = max(before.before - len(found), 0) if more else 0
        previous = _cursor_at(found[0], sort, start) if more and found else None
        return Slice(
            found, start, before if not found else _cursor_at(found[-1], sort, start + len(found)), previous
        )
    return _cut(_rows_after(rows, sort, descending, after, size + 1), sort, size, after)


class _CountOf(Subquery):
    """How many rows another statement has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def _spec(key: str) -> ListSpec:
    spec = list_called(key)
    assert spec is not None, f"no list is called {key}"  # noqa: S101 -- its statement was asked for with it
    return spec


def _kept_page(
    key: str, reach: Reach, sort_key: str, descending: bool, has_after: bool, conditions: Conditions
) -> QuerySet[Any]:
    """Return a page, each row with `total`, how many there are in all (10,001 for more than 10,000)."""
    spec = _spec(key)
    rows, sort = _narrowed(spec.rows(stand_in(reach)), conditions).order_by(), spec.sort_called(sort_key)
    total = _CountOf(_counted(spec, reach, conditions)[: COUNT_CAP + 1])
    if has_after:
        rows = rows.filter(_beyond(sort, Cursor(blank("value"), blank("pk"), 0), later=not descending))
    order = "-" if descending else ""
    page: QuerySet[Any] = rows.annotate(total=total).order_by(f"{order}{sort.field}", f"{order}pk")
    return page[: spec.page_size + 1]


def _narrowed(rows: QuerySet[Any], conditions: Conditions) -> QuerySet[Any]:
    return rows.filter(**{f"{field}__in": values for field, values in conditions})


def _counted(spec: ListSpec, reach: Reach, conditions: Conditions) -> QuerySet[Any, Any]:
    """Return one column of all rows of a list. Own rows and the team's are asked apart: an index answers each, "or" has none."""
    apart = (Part.TEAMS, Part.OWN_BESIDES) if reach is Reach.TEAM else (Part.ALL,)
    parts: list[QuerySet[Any, Any]] = [
        _narrowed(spec.rows(stand_in(reach, part)), conditions)
        .order_by()
        .annotate(one=Value(1))
        .values("one")
        for part in apart
    ]
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


#: Choices are many, so they do not drive out the pages that everybody opens.
_pages, _pages_of_choices = Prepared(_kept_page), Prepared(_kept_page)


def read_kept_page(
    spec: ListSpec, user: User, sort: Sort, conditions: Conditions, *, reverse: bool, after: Cursor | None
) -> tuple[Slice, int | None]:
    """Return the page after a cursor, else the first one, and how many rows there are in all; None where an empty page cannot say."""
    shape = (spec.key, scope_of(user).reach, sort.key, sort.descending != reverse, after is not None)
    place = {"value": after.value, "pk": after.pk} if after else {}
    pages = _pages_of_choices if conditions else _pages
    found = pages(*shape, conditions, **seen_by(user), **place)
    count = found[0].total if found else None if after else 0
    return _cut(found, sort, spec.page_size, after), count


def _cut(found: list[Any], sort: Sort, size: int, after: Cursor | None) -> Slice:
    """Return the page that begins behind `after`; one row more than `size` says that another page follows."""
    more, found = len(found) > size, found[:size]
    start = after.before if after else 0
    ahead = _cursor_at(found[-1], sort, start + len(found)) if more and found else None
    back = _cursor_at(found[0], sort, start) if after is not None and found else None
    return Slice(found, start, ahead, back)


def in_order(rows: QuerySet[Any], sort: Sort, *, reverse: bool) -> QuerySet[Any]:
    """Return all rows in this order, for files and for bulk acts."""
    name = F(sort.field)
    first = name.desc(nulls_last=True) if sort.descending != reverse else name.asc(nulls_last=True)
    return rows.order_by(first, "-pk" if sort.descending != reverse else "pk")


def count_capped(rows: QuerySet[Any]) -> int:
    """Return how many rows there are, 10,001 standing for "more than 10,000"."""
    rows = rows.order_by()
    if not (rows.query.distinct or rows.query.group_by):
        # Without any column an index alone can answer, where it has all that the conditions ask.
        rows = rows.annotate(one=Value(1)).values("one")
    return rows[: COUNT_CAP + 1].count()


def read_hits(rows: QuerySet[Any], sort: Sort, *, reverse: bool) -> list[int]:
    """Return the numbers of all rows in this order, at most 10,001: for conditions that are dear to ask, asked once."""
    numbers = in_order(rows, sort, reverse=reverse).values("pk")[: COUNT_CAP + 1]
    try:
        sql, params = numbers.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        # The statement is the ORM's, with its values apart: thousands of numbers come as one value, not as a row each.
        cursor.execute(f"SELECT ARRAY({sql})", params)
        (found,) = cursor.fetchone() or ([],)
    return list(found)


_numbered = Prepared(
    lambda key, reach: _spec(key).rows(stand_in(reach)).filter(pk__any_of=blank("numbers")).order_by()
)


def read_numbered(spec: ListSpec, user: User, numbers: list[int]) -> list[Any]:
    """Return the rows of a list that have these numbers, in no order; the statement is kept where the list's are."""
    reach = scope_of(user).reach
    if not spec.is_kept or reach is Reach.NOTHING or not numbers:
        return list(spec.rows(user).filter(pk__in=numbers).order_by())
    return _numbered(spec.key, reach, numbers=numbers, **seen_by(user))


def cut_hits(
    hits: list[int],
    read: Callable[[list[int]], list[Any]],
    sort: Sort,
    *,
    size: int,
    after: Cursor | None,
    before: Cursor | None,
) -> Slice | None:
    """Return a page out of `hits`, whose rows `read` brings by their numbers.

    None where the cursor's row is not among them, or the page ends where they were capped.
    """
    start = 0
    try:
        if after is not None:
            start = hits.index(after.pk) + 1
        if before is not None:
            start = max(hits.index(before.pk) - size, 0)
    except ValueError:
        return None
    if start + size > COUNT_CAP:
        return None
    found = {row.pk: row for row in read(hits[start : start + size])}
    shown = [found[pk] for pk in hits[start : start + size] if pk in found]
    more = len(hits) > start + size
    ahead = _cursor_at(shown[-1], sort, start + len(shown)) if more and shown else None
    back = _cursor_at(shown[0], sort, start) if start and shown else None
    return Slice(shown, start, ahead, back)


def _rows_after(
    rows: QuerySet[Any], sort: Sort, descending: bool, at: Cursor | None, limit: int
) -> list[Any]:
    order = ("-", "") if descending else ("", "")
    by = (f"{order[0]}{sort.field}", f"{order[0]}pk")
    found: list[Any] = []
    if at is None or at.value is not None:
        valued = rows.filter(**{f"{sort.field}__isnull": False}) if sort.nullable else rows
        if at is not None:
            valued = valued.filter(_beyond(sort, at, later=not descending))
        found = list(valued.order_by(*by)[:limit])
    if sort.nullable and len(found) < limit:
        empty = rows.filter(**{f"{sort.field}__isnull": True})
        if at is not None and at.value is None:
            empty = empty.filter(**{"pk__lt" if descending else "pk__gt": at.pk})
        found += list(empty.order_by(by[1])[: limit - len(found)])
    return found


def _rows_before(rows: QuerySet[Any], sort: Sort, descending: bool, at: Cursor, limit: int) -> list[Any]:
    """Return rows before `at`, the nearest first."""
    sign = "" if descending else "-"
    found: list[Any] = []
    if at.value is None:
        empty = rows.filter(
            Q(**{f"{sort.field}__isnull": True}) & Q(**{"pk__gt" if descending else "pk__lt": at.pk})
        )
        found = list(empty.order_by(f"{sign}pk")[:limit])
    if len(found) < limit:
        valued = rows.filter(**{f"{sort.field}__isnull": False}) if sort.nullable else rows
        if at.value is not None:
            valued = valued.filter(_beyond(sort, at, later=descending))
        found += list(valued.order_by(f"{sign}{sort.field}", f"{sign}pk")[: limit - len(found)])
    return found


def _beyond(sort: Sort, at: Cursor, *, later: bool) -> Any:
    compare = TupleGreaterThan if later else TupleLessThan
    return compare(Tuple(F(sort.field), F("pk")), (at.value, at.pk))


def _cursor_at(row: Any, sort: Sort, before: int) -> Cursor:
    value = row
    for part in sort.field.split("__"):
        value = getattr(value, part) if value is not None else None
    return Cursor(value, row.pk, before)


_SALT = "kam.lists.cursor"


def write_cursor(cursor: Cursor, key: str) -> str:
    """Return the cursor as the address carries it: signed, so that nobody hands us values of their own making."""
    return signing.dumps([*_pack(cursor.value), cursor.pk, cursor.before], salt=f"{_SALT}:{key}")


def read_cursor(text: str, key: str) -> Cursor | None:
    """Return what the address carried; None for anything we did not write."""
    try:
        kind, value, pk, before = signing.loads(text, salt=f"{_SALT}:{key}")
    except (signing.BadSignature, ValueError):
        return None
    return Cursor(_unpack(kind, value), pk, before)


def _pack(value: Any) -> tuple[str, Any]:
    if isinstance(value, datetime):
        return "t", value.isoformat()
    if isinstance(value, date):
        return "d", value.isoformat()
    if isinstance(value, Decimal):
        return "n", str(value)
    return "", value


def _unpack(kind: str, value: Any) -> Any:
    readers: dict[str, Any] = {"t": datetime.fromisoformat, "d": date.fromisoformat, "n": Decimal}
    return readers[kind](value) if kind in readers else value
