"""What a list is: one declaration, from which page, phone cards, sorting, filters, views, keys and files follow.

    UNITS = register_list(ListSpec(
        key="accounts.units", url="/accounts/", title=_("Accounts"),
        rows=lambda user: KeyAccount.objects.visible_to(user).select_related("owner"),
        columns=(
            Column("name", _("Unit"), kind="name", value=lambda u: Name(u.name, sub=u.english_name, tier=u.tier), sort="name"),
            Column("status", _("Status"), kind="badge", value=lambda u: (STATUS_TONES[u.status], u.get_status_display()), phone="left"),
            Column("owner", _("Owner"), value="owner.name", phone="foot"),
            Column("last_visit", _("Last visit"), kind="date", value="last_visit_on", sort="last_visit", phone="end"),
        ),
        sorts=(Sort("name", _("Name"), "pinyin"), Sort("last_visit", _("Last visit"), "last_visit_on", descending=True, nullable=True)),
        filterset=UnitFilter, search=lambda rows, text: rows.filter(find_by_name(text, code="credit_code")),
        row_url=lambda u: f"/accounts/{u.pk}/",
    ))

    def list_units(request: AuthedRequest) -> HttpResponseBase:
        return list_response(request, UNITS, page="accounts/units/list.html")     # extends lists/page.html

`rows(user)` must already be what the person may see, with select_related for what the columns show: list, counts, bulk actions and
files all start from it. A sort is one column of the table (plus id) and wants an index (owner or team, column, id).
docs/howto/add_a_list.md tells the rest.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

Kind = Literal[
    "text", "name", "badge", "tag", "number", "money", "percent", "date", "datetime", "yes", "html"
]
#: Where a column stands on a phone's card; "" leaves it out. Each place once.
Phone = Literal["", "title", "top", "left", "right", "foot", "end"]

#: `panel=filter` asks for the open filter panel: a state of the page, not of the list, so no address keeps it.
PANEL = "panel"
RESERVED = frozenset({"q", "sort", "after", "before", "cols", "view", "export", PANEL})


@dataclass(frozen=True, slots=True)
class Name:
    """What a "name" cell shows: the row's name, a second line, the tier's square, the language of the name."""

    text: str
    sub: str = ""
    tier: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `value` is a dotted path or a function of the row; what it returns depends on `kind`:

    text, tag: words · name: a Name · badge: (state, words) · number, money, percent: a number · date, datetime · yes: a truth ·
    html: safe markup, drawn by a function of ours (then `export` says what stands in the file). None is drawn as a dash.
    `is_personal` marks what a natural person would mind (mobile, WeChat, birthday, home, family): a file with it needs approval.
    `tone(row)` may return c-danger, c-warn, c-good, b6 or nw (stays on one line); `is_shown` is False for columns that wait in the chooser.
    """

    key: str
    label: Any
    value: str | Callable[[Any], Any]
    kind: Kind = "text"
    sort: str = ""
    phone: Phone = ""
    is_shown: bool = True
    tone: Callable[[Any], str] | None = None
    export: Callable[[Any], Any] | None = None
    is_personal: bool = False


@dataclass(frozen=True, slots=True)
class Sort:
    """One order: a column of the table (or an annotation), then id in the same direction. Rows without a value come last."""

    key: str
    label: Any
    field: str
    descending: bool = False
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """A view that everybody has: a name and what its address holds. `visible(user)` may hide it."""

    key: str
    label: Any
    params: str = ""
    visible: Callable[[Any], bool] = lambda _user: True


@dataclass(frozen=True, slots=True)
class BulkAction:
    """Something to do with the selected rows: a button that posts to `url`; the view there reads `selected_rows(request, SPEC)`."""

    key: str
    label: Any
    icon: str
    url: str
    can: Callable[[Any], bool] = lambda _user: True


@dataclass(frozen=True, slots=True)
class Empty:
    """What an empty list says: why, and what to do next, where `can(user)` do it."""

    title: Any
    text: Any = ""
    action_label: Any = ""
    action_url: str = ""
    icon: str = "inbox"
    can: Callable[[Any], bool] = lambda _user: True


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSpec:
    """A list; see the module's docstring.

    `row_edit_url(row, user)` is where the key e leads, "" where this person may not edit the row. `beside(ids, user, column_keys)` reads what
    other tables say of these rows (all ids of a page or a file at once): column → id → value, one fixed number of statements. The value
    stands in `row.beside[column]`. `legend(column_keys)` explains the marks of the columns that are shown, below them. `is_kept` says that
    `rows` asks nothing of its reader but `owned_rows`, once (a `stand_in` will do): then the statement of a page is kept, also one of
    choices among few (ADR 0015).
    """

    key: str
    url: str
    title: Any
    rows: Callable[[Any], QuerySet[Any]]
    columns: tuple[Column, ...]
    sorts: tuple[Sort, ...]
    count_words: Callable[[int, str], str] | None = None
    filterset: type[Any] | None = None
    search: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None
    search_hint: Any = ""
    row_url: Callable[[Any], str] | None = None
    views: tuple[View, ...] = ()
    default_view: str = ""
    bulk: tuple[BulkAction, ...] = ()
    empty: Empty = field(default_factory=lambda: Empty(_("Nothing here yet")))
    page_size: int = 50
    can_export: Callable[[Any], bool] = lambda _user: True
    row_edit_url: Callable[[Any, Any], str] | None = None
    beside: Callable[[list[int], Any, tuple[str, ...]], Mapping[str, Mapping[int, Any]]] | None = None
    legend: Callable[[tuple[str, ...]], str] | None = None
    is_kept: bool = False

    def __post_init__(self) -> None:
        """Refuse what would fail later, at the first request."""
        sorts = {sort.key for sort in self.sorts}
        unknown = {column.sort for column in self.columns if column.sort} - sorts
        places = [column.phone for column in self.columns if column.phone]
        if unknown:
            raise ValueError(f"{self.key}: no sort is called {sorted(unknown)}")
        if len(places) != len(set(places)):
            raise ValueError(f"{self.key}: a place of the phone card is taken twice")
        if not self.sorts:
            raise ValueError(f"{self.key}: a list needs an order")
        if bad := [c.key for c in self.columns if c.kind == "html" and c.export is None]:
            raise ValueError(f"{self.key}: {bad} must say what stands in a file")

    def sort_called(self, key: str) -> Sort:
        """Return the order of this name, else the first."""
        return next((sort for sort in self.sorts if sort.key == key), self.sorts[0])

    def column_keys(self) -> tuple[str, ...]:
        return tuple(column.key for column in self.columns)


_lists: dict[str, ListSpec] = {}


def register_list(spec: ListSpec) -> ListSpec:
    """Make a list known by its key, for saved views and for files written by a worker; return it."""
    if spec.key in _lists and _lists[spec.key] is not spec:
        raise ValueError(f"list {spec.key} is registered twice")
    _lists[spec.key] = spec
    return spec


def list_called(key: str) -> ListSpec | None:
    """Return the list of this key, if there is one."""
    return _lists.get(key)


def all_lists() -> Mapping[str, ListSpec]:
    """Return a copy: key → list."""
    return dict(_lists)
