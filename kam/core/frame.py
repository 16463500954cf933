"""The frame around every page: rooms, counts, banners. A room whose address does not resolve is absent, so no link is dead."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the left bar. `hidden_from` names positions for whom the room is empty or closed."""

    key: str
    label: Any
    icon: str
    path: str
    hidden_from: frozenset[str] = frozenset()
    keys: str = ""
    page: Any = ""
    """What its own page is called among the pages of the room, where the room is wider than it."""


_NO_ROWS = frozenset({"finance", "hr", "administrator"})

#: In the order of the day (ui.md, "The frame").
PLACES = (
    Place("today", _("Today"), "sun", "/", keys="g t"),
    Place("accounts", _("Accounts"), "building", "/accounts/", _NO_ROWS, "g a"),
    Place("visits", _("Visits"), "map-pin", "/visits/", _NO_ROWS, "g v"),
    Place("campaigns", _("Campaigns"), "speakerphone", "/campaigns/", keys="g c"),
    Place("money", _("Money"), "coins", "/budgets/", frozenset({"hr", "administrator"}), "g m", _("Budgets")),
    Place(
        "kpi", _("KPI"), "chart-bar", "/kpi/", frozenset({"finance", "administrator"}), "g k", _("Dashboard")
    ),
    Place("approvals", _("Approvals"), "checkbox", "/approvals/", keys="g p"),
    Place("reports", _("Reports"), "report", "/reports/", frozenset({"administrator"}), "g r"),
)
#: Addresses that belong to a room without beginning like it.
_ALSO = {
    "/digests/": "today",
    "/tasks/": "today",
    "/competitors/": "accounts",
    "/complaints/": "accounts",
    "/crises/": "accounts",
    "/knowledge/": "accounts",
    "/needs/": "accounts",
    "/satisfaction/": "accounts",
    "/service-plans/": "accounts",
    "/standards/": "accounts",
    "/strengthening/": "accounts",
    "/suggestions/": "accounts",
    "/support/": "accounts",
    "/trainings/": "accounts",
    "/duplicates/": "accounts",
    "/merges/": "accounts",
    "/earnest/": "campaigns",
    "/materials/": "campaigns",
    "/outlets/": "campaigns",
    "/inspections/": "campaigns",
    "/pilots/": "campaigns",
    "/rebates/": "money",
    "/bulletins/": "visits",
    "/persons/": "accounts",
    "/followups/": "visits",
    "/promises/": "visits",
    "/pool/": "accounts",
    "/transfers/": "accounts",
    "/quotes/": "campaigns",
    "/deals/": "campaigns",
    "/proposals/": "campaigns",
    "/bids/": "campaigns",
    "/agreements/": "campaigns",
    "/prospects/": "campaigns",
    "/briefings/": "campaigns",
    "/gifts/": "money",
    "/integrity/": "money",
    "/receptions/": "money",
    "/sponsorships/": "money",
    "/expenses/": "money",
    "/purchases/": "money",
    "/supplies/": "money",
}

#: Where the phone's ＋ goes.
LOG_VISIT_PATH = "/visits/new/"
_VISITORS = frozenset({"specialist", "team_lead", "manager", "director"})

_counts: dict[str, Callable[[Any], int]] = {}
_banners: list[Callable[[HttpRequest], Any]] = []
_menu: dict[str, tuple[Any, str, str, Callable[[Any], bool]]] = {}


def register_count(key: str, count: Callable[[Any], int]) -> None:
    """Put a number at a place of the left bar (`key`) or at the bell ("bell"): `count(user)`, one statement."""
    _counts[key] = count


def register_banner(banner: Callable[[HttpRequest], Any]) -> None:
    """Add a line above every page; `banner(request)` returns its words, or nothing. It must not ask the database."""
    if banner not in _banners:
        _banners.append(banner)


def register_menu(
    key: str, label: Any, icon: str, path: str, *, visible: Callable[[Any], bool] = lambda _user: True
) -> None:
    """Add an entry to the menu under the person's name (and to "More" on the phone)."""
    _menu[key] = (label, icon, path, visible)


def counts_of(user: Any) -> dict[str, int]:
    """Return key → number for everything that counts."""
    return {key: count(user) for key, count in _counts.items()}


def banners_of(request: HttpRequest) -> list[str]:
    """Return the banners that have something to say now."""
    return [str(text) for banner in _banners if (text := banner(request))]


def menu_of(user: Any) -> list[dict[str, Any]]:
    """Return the entries of the person's menu whose address exists."""
    return [
        {"key": key, "label": label, "icon": icon, "path": path}
        for key, (label, icon, path, visible) in _menu.items()
        if exists(path) and visible(user)
    ]


@cache
def exists(path: str) -> bool:
    """Say whether an address is one of ours."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def places_of(position: str, path: str) -> list[dict[str, Any]]:
    """Return the rooms a person of `position` sees on the page at `path`, the current one marked."""
    current = place_of(path)
    return [
        {
            "key": p.key,
            "label": p.label,
            "icon": p.icon,
            "path": p.path,
            "keys": p.keys,
            "page": p.page or p.label,
            "is_current": p.key == current,
        }
        for p in PLACES
        if position not in p.hidden_from and exists(p.path)
    ]


def has_rows(position: str) -> bool:
    """Say whether a person of `position` ever sees units and what hangs on them."""
    return position not in _NO_ROWS


def log_visit_of(position: str) -> str:
    """Return where the phone's ＋ goes for a person of `position`; empty for whoever visits nobody."""
    return LOG_VISIT_PATH if position in _VISITORS and exists(LOG_VISIT_PATH) else ""


_BEGINNINGS = {p.path: p.key for p in PLACES if p.path != "/"} | _ALSO


@lru_cache(maxsize=1024)
def place_of(path: str) -> str:
    """Return the key of the room an address belongs to, or an empty text."""
    if path == "/":
        return "today"
    return next((key for beginning, key in _BEGINNINGS.items() if path.startswith(beginning)), "")
