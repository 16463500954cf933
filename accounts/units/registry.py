"""What other rooms and apps add to a unit's record: panels, timeline entries, guards of a status."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from accounts.units.models import KeyAccount
from accounts.units.terms import Tier, UnitStatus
from kam.users.models import User


@dataclass(frozen=True, slots=True)
class Panel:
    """A tab or a card of the record. `place` is tab, overview or side; `context(unit, user)` feeds `template`.

    `count(unit, user)` gives the small figure beside a tab's name; leave it out where it would cost a query for nothing.
    """

    key: str
    label: Any
    order: int
    template: str
    context: Callable[[KeyAccount, User], dict[str, Any]]
    place: str = "tab"
    count: Callable[[KeyAccount, User], int | None] | None = None


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of the timeline. `at` sorts; `tone` is one of "", acc, pending, good, warn, danger."""

    at: datetime
    kind: str
    title: Any
    text: str = ""
    who: str = ""
    url: str = ""
    tone: str = ""
    icon: str = ""
    changes: tuple[tuple[Any, str, str], ...] = ()
    delete_url: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    kind: str
    label: Any
    entries: Callable[[KeyAccount, User, datetime, int], list[TimelineEntry]]


@dataclass(frozen=True, slots=True)
class HeadFact:
    """One of the facts in the head of the record: label, value, a line below, a link, a tone."""

    label: Any
    value: str
    of: str = ""
    hint: str = ""
    url: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class FileSection:
    """A part of the printed customer file: a template below templates/, fed by `context(unit, user)`."""

    key: str
    order: int
    template: str
    context: Callable[[KeyAccount, User], dict[str, Any]]


#: (the unit locked and already written, tier before, tier now, who confirmed it); runs in the transaction of the change.
TierChanged = Callable[[KeyAccount, Tier, Tier, User | None], None]

#: (ids of all units of a page or a file, the reader) → unit id → value; what is absent shows as a dash.
Beside = Callable[[list[int], User], Mapping[int, Any]]


@dataclass(slots=True)
class _Registry:
    panels: dict[str, Panel] = field(default_factory=dict)
    timelines: dict[str, Timeline] = field(default_factory=dict)
    head_facts: dict[str, tuple[int, Callable[[KeyAccount, User], HeadFact | None]]] = field(
        default_factory=dict
    )
    guards: dict[UnitStatus, list[Callable[[KeyAccount, date], None]]] = field(default_factory=dict)
    file_sections: dict[str, FileSection] = field(default_factory=dict)
    actions: dict[str, tuple[int, Callable[[KeyAccount, User], tuple[Any, str] | None]]] = field(
        default_factory=dict
    )
    list_actions: dict[str, Callable[[User], tuple[Any, str, str] | None]] = field(default_factory=dict)
    beside: dict[str, Beside] = field(default_factory=dict)
    tier_changed: dict[str, TierChanged] = field(default_factory=dict)


_registry = _Registry()


def register_panel(panel: Panel) -> None:
    """Add a panel; a second one with the same key replaces nothing and is refused."""
    if panel.key in _registry.panels:
        raise ValueError(f"panel {panel.key} is registered twice")
    _registry.panels[panel.key] = panel


def panels(place: str) -> list[Panel]:
    """Return the panels of a place in their order."""
    return sorted((p for p in _registry.panels.values() if p.place == place), key=lambda p: (p.order, p.key))


def panel_of(key: str) -> Panel | None:
    return _registry.panels.get(key)


def register_timeline(
    kind: str, label: Any, entries: Callable[[KeyAccount, User, datetime, int], list[TimelineEntry]]
) -> None:
    """Add a kind of timeline entry: `entries(unit, user, before, limit)` returns the newest `limit` before `before`."""
    if kind in _registry.timelines:
        raise ValueError(f"timeline {kind} is registered twice")
    _registry.timelines[kind] = Timeline(kind, label, entries)


def timelines() -> list[Timeline]:
    return list(_registry.timelines.values())


def register_head_fact(key: str, order: int, fact: Callable[[KeyAccount, User], HeadFact | None]) -> None:
    """Add a fact to the head of the record (role coverage, red flags, …); the five lowest orders are shown."""
    _registry.head_facts[key] = (order, fact)


def head_facts(unit: KeyAccount, user: User) -> list[HeadFact]:
    """Return the first five facts that have something to say."""
    told = (
        fact(unit, user) for _order, fact in sorted(_registry.head_facts.values(), key=lambda row: row[0])
    )
    return [fact for fact in told if fact is not None][:5]


def register_action(
    key: str, order: int, action: Callable[[KeyAccount, User], tuple[Any, str] | None]
) -> None:
    """Add a button to the head: the function returns (label, address), or None where the person may not."""
    _registry.actions[key] = (order, action)


def actions(unit: KeyAccount, user: User) -> list[tuple[Any, str]]:
    told = (act(unit, user) for _order, act in sorted(_registry.actions.values(), key=lambda row: row[0]))
    return [action for action in told if action is not None]


def register_list_action(key: str, action: Callable[[User], tuple[Any, str, str] | None]) -> None:
    """Add a button above the list of units: (label, address, icon), or None where the person may not."""
    _registry.list_actions[key] = action


def list_actions(user: User) -> list[tuple[Any, str, str]]:
    told = (act(user) for act in _registry.list_actions.values())
    return [action for action in told if action is not None]


def register_status_guard(status: UnitStatus, guard: Callable[[KeyAccount, date], None]) -> None:
    """Let `guard(unit, on)` refuse (raise BusinessError) the move to `status`."""
    _registry.guards.setdefault(status, []).append(guard)


def check_status_guards(unit: KeyAccount, status: UnitStatus, on: date) -> None:
    """Ask every guard of `status`; the first refusal wins."""
    for guard in _registry.guards.get(status, []):
        guard(unit, on)


def register_tier_changed(key: str, react: TierChanged) -> None:
    """Let a room above react to a changed tier (service plans, norms of visits); a BusinessError refuses the change as a whole."""
    if key in _registry.tier_changed:
        raise ValueError(f"reaction to a tier {key} is registered twice")
    _registry.tier_changed[key] = react


def tell_tier_changed(unit: KeyAccount, old: Tier, new: Tier, by: User | None) -> None:
    """Tell every room that asked, in the order of their keys."""
    for _key, react in sorted(_registry.tier_changed.items()):
        react(unit, old, new, by)


def register_file_section(section: FileSection) -> None:
    """Add a part to the customer file."""
    _registry.file_sections[section.key] = section


def file_sections() -> list[FileSection]:
    return sorted(_registry.file_sections.values(), key=lambda section: (section.order, section.key))


def register_beside(column: str, read: Beside) -> None:
    """Fill a column of the list of units from another room: one call a page, a fixed number of statements."""
    if column in _registry.beside:
        raise ValueError(f"column {column} is filled twice")
    _registry.beside[column] = read


def read_beside(units: list[int], user: User, columns: tuple[str, ...]) -> dict[str, Mapping[int, Any]]:
    """Return what other rooms say of the units, for the columns that are shown."""
    return {column: _registry.beside[column](units, user) for column in columns if column in _registry.beside}


def beside(unit: KeyAccount, column: str) -> Any:
    """Return what the list has put beside the unit."""
    return unit.__dict__.get("beside", {}).get(column)
