"""The rows that a merge moves, as far as the reader may see them: by the table's own `visible_to`, by what its room registered, else none."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from accounts.merge.models import Merge, MergeLink
from accounts.merge.registry import Link, keyed_links, links_to, rows_of, words_of_row
from accounts.merge.selectors import Moved
from accounts.merge.terms import Kind, LinkState
from kam.notes.registry import link_of
from kam.notes.terms import SourceKey
from kam.users.models import User

#: How many rows of each kind stand on the page, and how many where one kind was asked for.
FIRST, MOST = 5, 500


@dataclass(frozen=True, slots=True)
class Row:
    """One row in words, with its page where it has one."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Told:
    """What happens to the rows of one kind, with those the reader may see. `key` asks for all of them."""

    moved: Moved
    key: str
    rows: tuple[Row, ...]
    seen: int
    is_whole: bool

    @property
    def more(self) -> int:
        return self.seen - len(self.rows)

    @property
    def unseen(self) -> int:
        return self.moved.count - self.seen


Numbers = dict[tuple[str, str, LinkState], list[int]]


def numbers_of(merge: Merge) -> Numbers:
    """Return (table, column, what became of it) → rows of the journal; one statement."""
    found: Numbers = {}
    rows = MergeLink.objects.filter(merge=merge).order_by("pk")
    for table, column, state, row in rows.values_list("table_name", "column_name", "state", "row_id"):
        found.setdefault((table, column, LinkState(state)), []).append(row)
    return found


def told_of(kind: Kind, moved: Iterable[Moved], numbers: Numbers, reader: User, *, whole: str) -> list[Told]:
    """Return each kind of row with the first that the reader may see, or all of the kind `whole`. Two statements a table."""
    links = {(link.table, link.column): link for link in (*links_to(kind), *keyed_links())}
    return [_told(one, links, numbers, reader, whole) for one in moved]


def _told(
    moved: Moved, links: dict[tuple[str, str], Link], numbers: Numbers, reader: User, whole: str
) -> Told:
    found = [
        (links[table, column], pks)
        for (table, column, state), pks in numbers.items()
        if state is moved.state and (table, column) in links and links[table, column].words == moved.words
    ]
    key = f"{found[0][0].table}-{moved.state}" if found else ""
    is_whole = bool(key) and key == whole
    rows: list[Row] = []
    seen = 0
    for link, pks in found:
        visible = rows_of(link, reader)
        if visible is None:
            continue
        visible = visible.filter(pk__in=pks)
        seen += visible.count()
        room = (MOST if is_whole else FIRST) - len(rows)
        rows += [_row(link, row) for row in _with_what_it_names(visible)[: max(room, 0)]]
    return Told(moved, key, tuple(rows), seen, is_whole)


def _with_what_it_names(rows: Any) -> Any:
    names = [field.name for field in rows.model._meta.fields if field.many_to_one]  # noqa: SLF001 -- Django documents _meta as its API
    return rows.select_related(*names).order_by("-pk") if names else rows.order_by("-pk")


def _row(link: Link, row: Any) -> Row:
    """Return a row with its page: its own, or the one that its room registered for notes and tasks."""
    own = getattr(row, "get_absolute_url", None)
    source = SourceKey.of(row._meta.model_name, row.pk, "")  # noqa: SLF001 -- as above
    return Row(words_of_row(link, row), str(own()) if own else link_of(source) or "")
