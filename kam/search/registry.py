"""What global search and palette find: kinds of rows, pages, actions. Registered by the rooms that own them.

    register_search("accounts.unit", _("Accounts"), find_units, order=10)          # find_units(user, words, limit) -> list[Hit]
    register_page("accounts.new", _("New unit"), "/accounts/new/", icon="building-plus", visible=lambda user: …)
    register_action("visits.log", _("Log a visit"), "/visits/new/", icon="pencil-plus", words="report 填报")

A function returns only rows the person may see, best first, with one or two statements, and never more than `limit`.
Rooms of the left bar and entries of the person's menu are pages by themselves.

What a field lets people choose by typing is registered here too; `kam.search.forms.PickField` draws it and reads it:

    register_pick(Pick("accounts.unit", rows=…, search=…, exact=…, label=…, note=…))
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. `facts` fill the preview: (label, value) pairs; `badge` is (state, words)."""

    label: str
    url: str
    sub: str = ""
    icon: str = "file"
    tier: str = ""
    lang: str = ""
    badge: tuple[str, str] | None = None
    facts: tuple[tuple[str, str], ...] = ()
    locked: str = ""


@dataclass(frozen=True, slots=True)
class SearchKind:
    key: str
    label: Any
    find: Callable[[Any, str, int], Sequence[Hit]]
    order: int


@dataclass(frozen=True, slots=True)
class Command:
    """A page to go to or something to do, found by its name, its pinyin initials or its further words."""

    key: str
    label: Any
    path: str
    icon: str
    words: str
    keys: str
    visible: Callable[[Any], bool]
    locked: Callable[[Any], Any] | None = None
    order: int = 0
    under: str = ""


@dataclass(frozen=True, slots=True)
class Pick:
    """Rows that a field offers while somebody types.

    `rows(user, within)` is what this person may choose from (`within` narrows it, such as the unit of a person), `search(rows, text)`
    orders what fits, everything for an empty text; `exact(rows, text)` are the rows with this whole name or code; `label` is what the
    field shows `note` what tells two of the same name apart, and `code`
    what follows the name in brackets where only text is sent. `own(rows, user, within)` are those the person keeps: they stand first.
    """

    key: str
    rows: Callable[[Any, str], QuerySet[Any]]
    search: Callable[[QuerySet[Any], str], QuerySet[Any]]
    exact: Callable[[QuerySet[Any], str], QuerySet[Any]]
    label: Callable[[Any], str]
    note: Callable[[Any], str]
    code: Callable[[Any], str] = lambda _row: ""
    own: Callable[[QuerySet[Any], Any, str], QuerySet[Any]] | None = None

    def whole(self, row: Any) -> str:
        """Return a text that names the row beyond doubt: its name, with its code where names are not unique."""
        code = self.code(row)
        return f"{self.label(row)} ({code})" if code else self.label(row)


_picks: dict[str, Pick] = {}
_kinds: dict[str, SearchKind] = {}
_pages: dict[str, Command] = {}
_actions: dict[str, Command] = {}


def _everybody(_user: Any) -> bool:
    return True


def register_search(
    key: str, label: Any, find: Callable[[Any, str, int], Sequence[Hit]], *, order: int = 50
) -> None:
    """Let search and palette find one more kind of rows; kinds named `…person` answer to `@`."""
    if key in _kinds:
        raise ValueError(f"search {key} is registered twice")
    _kinds[key] = SearchKind(key, label, find, order)


def register_page(
    key: str,
    label: Any,
    path: str,
    *,
    icon: str = "file",
    words: str = "",
    visible: Callable[[Any], bool] = _everybody,
    order: int = 0,
    under: str = "",
) -> None:
    """Let the palette lead to a page; one whose address does not exist is not offered.

    With an `order` it stands in its room's bar too; `under` the page that does, it shows that bar with that page marked.
    """
    _pages[key] = Command(key, label, path, icon, words, "", visible, order=order, under=under)


def register_action(
    key: str,
    label: Any,
    path: str,
    *,
    icon: str = "bolt",
    words: str = "",
    visible: Callable[[Any], bool] = _everybody,
    locked: Callable[[Any], Any] | None = None,
) -> None:
    """Let the palette start something; `locked(user)` returns why not, for what a person may know but not do."""
    _actions[key] = Command(key, label, path, icon, words, "", visible, locked)


def register_pick(pick: Pick) -> None:
    """Let fields offer one more kind of rows."""
    if pick.key in _picks:
        raise ValueError(f"pick {pick.key} is registered twice")
    _picks[pick.key] = pick


def pick_called(key: str) -> Pick | None:
    return _picks.get(key)


def all_kinds() -> list[SearchKind]:
    return sorted(_kinds.values(), key=lambda kind: (kind.order, kind.key))


def all_pages() -> list[Command]:
    return list(_pages.values())


def all_actions() -> list[Command]:
    return list(_actions.values())
