"""What a person's words find: rows by the rooms' own conditions, pages and actions by name. Nothing says that more exists."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kam.core import frame
from kam.search.registry import Command, Hit, Pick, all_actions, all_kinds, all_pages
from kam.search.rules import fold, pinyin_keys
from kam.users.models import User
from kam.users.scopes import Reach, scope_of

MAX_WORDS = 100
PALETTE_LIMIT = 5
PAGE_LIMIT = 20
OFFER_LIMIT = 20
_COMMANDS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one kind."""

    key: str
    label: str
    hits: list[Hit]


@dataclass(frozen=True, slots=True)
class Asked:
    """The words, and whether only actions (`>`) or persons (`@`) are wanted."""

    words: str
    only: str


@dataclass(frozen=True, slots=True)
class Option:
    """One row a field offers; `whole` names it beyond doubt where only the text is sent."""

    pk: str
    label: str
    note: str
    whole: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What a field offers, and whether more would fit."""

    options: list[Option]
    has_more: bool


def offer(pick: Pick, user: User, text: str, within: str = "") -> Offer:
    """Return what fits `text` among the rows that `user` may choose, one's own first, never more than a person reads."""
    every, enough = pick.rows(user, within), OFFER_LIMIT + 1
    rows = list(pick.search(pick.own(every, user, within), text)[:enough]) if pick.own else []
    if len(rows) < enough:
        known = {row.pk for row in rows}
        rows += [row for row in pick.search(every, text)[: enough + len(rows)] if row.pk not in known][
            : enough - len(rows)
        ]
    options = [
        Option(str(row.pk), pick.label(row), pick.note(row), pick.whole(row)) for row in rows[:OFFER_LIMIT]
    ]
    return Offer(options, len(rows) > OFFER_LIMIT)


def clean_words(text: str) -> str:
    """Return the text without what no name holds."""
    return "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cs", "Co"}).strip()[:MAX_WORDS]


def read_words(text: str) -> Asked:
    """Return what was asked, without what no name holds."""
    clean = clean_words(text)
    only = {">": "actions", "@": "persons", "＞": "actions", "＠": "persons"}.get(clean[:1], "")
    return Asked(clean[1:].strip() if only else clean, only)


def find(user: User, asked: Asked, limit: int) -> list[Group]:
    """Return what was found, group by group: rows first, then actions, then pages."""
    groups = [] if asked.only == "actions" else _rows(user, asked, limit)
    if asked.only != "persons":
        groups.append(Group("actions", _("Actions"), _commands(all_actions(), user, asked.words)))
        if asked.only != "actions":
            places = _places(user)
            known = {place.path for place in places}
            pages = [page for page in all_pages() if page.path not in known]
            groups.append(Group("pages", _("Pages"), _commands([*places, *pages], user, asked.words)))
    return [group for group in groups if group.hits]


def _rows(user: User, asked: Asked, limit: int) -> list[Group]:
    if not asked.words:
        return []
    kinds = [kind for kind in all_kinds() if asked.only != "persons" or kind.key.endswith("person")]
    return [
        Group(kind.key, str(kind.label), list(kind.find(user, asked.words, limit))[:limit]) for kind in kinds
    ]


def _commands(commands: list[Command], user: User, words: str) -> list[Hit]:
    found: list[Hit] = []
    language = get_language() or "en"
    for command in commands:
        if not frame.exists(command.path.split("?")[0]) or not command.visible(user):
            continue
        if _fits(str(command.label), command.words, words, language):
            locked = str(command.locked(user) or "") if command.locked else ""
            found.append(
                Hit(str(command.label), "" if locked else command.path, icon=command.icon, locked=locked)
            )
    return found[:_COMMANDS_SHOWN] if words else found


def _places(user: User) -> list[Command]:
    places = frame.places_of(user.position, "")
    menu = frame.menu_of(user)
    return [
        Command(
            str(entry["key"]),
            entry["label"],
            str(entry["path"]),
            str(entry["icon"]),
            "",
            "",
            lambda _user: True,
        )
        for entry in (*places, *menu)
    ]


def _fits(label: str, more: str, words: str, language: str) -> bool:
    wanted = fold(words)
    if not wanted:
        return True
    return any(wanted in spelling for spelling in _spellings(label, more, language))


@lru_cache(maxsize=512)
def _spellings(label: str, more: str, language: str) -> tuple[str, ...]:
    del language  # a part of the cache's key: the label is a translation
    full, initials = pinyin_keys(label)
    return (fold(label), fold(more), *full.split(), *initials.split())


def scope_words(user: User) -> str:
    """Return whose rows were searched, in words; never how many there are."""
    words: dict[Any, str] = {
        Reach.OWN: _("Searched: your own units"),
        Reach.TEAM: _("Searched: your team's units"),
        Reach.DEPARTMENT: _("Searched: the whole department"),
    }
    return words.get(scope_of(user).reach, _("Searched: pages and actions"))


def room_pages(user: User, path: str) -> list[dict[str, Any]]:
    """Return the bar of the room whose page `path` is: its pages, the one marked that it is or hangs under; nothing on a record or a form."""
    key = frame.place_of(path)
    room = next((place for place in frame.places_of(user.position, path) if place["key"] == key), None)
    pages = sorted(
        (page for page in all_pages() if page.order and frame.place_of(page.path) == key),
        key=lambda page: page.order,
    )
    here = next((page.under for page in all_pages() if page.path == path and page.under), path)
    if room is None or here not in {room["path"], *(page.path for page in pages)}:
        return []
    rows: list[dict[str, Any]] = [
        {"label": room["page"], "path": room["path"], "icon": room["icon"]},
        *(
            {"label": page.label, "path": page.path, "icon": page.icon}
            for page in pages
            if frame.exists(page.path) and page.visible(user)
        ),
    ]
    return (
        [row | {"is_current": row["path"] == here, "is_here": here == path} for row in rows]
        if len(rows) > 1
        else []
    )
