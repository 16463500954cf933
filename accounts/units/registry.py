"""What other rooms and apps add to a unit's record: panels, timeline entries, guards of a status."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import Count, QuerySet, TextField, Value
from django.utils.html import format_html_join
from django.utils.translation import get_language

from accounts.units.models import KeyAccount
from accounts.units.terms import Tier, UnitStatus
from kam.core.clock import business_date
from kam.core.prepared import Filled, Prepared, blank, read_ahead, rows_read
from kam.users.models import User
from kam.users.scopes import Reach, scope_of, seen_by


@dataclass(frozen=True, slots=True)
class Panel:
    """A tab or a card of the record. `place` is tab, overview or side; `context(unit, user)` feeds `template`.

    The small figure beside a tab's name: `count(unit, user)` for what the page has read anyway, or `counted(number of the unit)`, rows
    that are counted together with those of all other tabs in one statement.
    """

    key: str
    label: Any
    order: int
    template: str
    context: Callable[[KeyAccount, User], dict[str, Any]]
    place: str = "tab"
    count: Callable[[KeyAccount, User], int | None] | None = None
    counted: Callable[[Any], QuerySet[Any]] | None = None


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


@dataclass(frozen=True, slots=True)
class Went:
    """One thing of a unit that was with `frm` and is with `to` now (None: it was taken out)."""

    frm: User
    to: User | None


def nothing_anew(_unit: KeyAccount, _other: KeyAccount, _by: User) -> None:
    """What moves as it is comes back with its row."""


@dataclass(frozen=True, slots=True)
class GoesAlong:
    """Things that are with a person because the unit is (planned visits, score sheets), and follow it to its next owner.

    `move(unit, former owner, by)` runs in the change's own transaction, after it: the unit is locked and written. `waiting(owner)` counts by
    unit what would go along now, `words(n)` says how many. `reclaim(unit, other, by)` runs before that where a merge is taken back: what was made
    anew at `other` from things of `unit`, which has its rows again, is `unit`'s once more.
    """

    key: str
    order: int
    words: Callable[[int], str]
    move: Callable[[KeyAccount, User | None, User | None], list[Went]]
    waiting: Callable[[User], Mapping[int, int]]
    reclaim: Callable[[KeyAccount, KeyAccount, User], None] = nothing_anew


@dataclass(frozen=True, slots=True)
class Reading:
    """What the page of a record reads of a unit in any case, or whenever its tab `tab` is open; None where this reader gets nothing."""

    filled: Callable[[KeyAccount, User], Filled[Any] | None]
    tab: str = ""


#: (ids of all units of a page or a file, the reader) → unit id → value; what is absent shows as a dash.
Beside = Callable[[list[int], User], Mapping[int, Any]]


@dataclass(frozen=True, slots=True)
class BesideRows:
    """A column whose values come together with those of others: `rows(reach)` gives `unit` and `value`, a text that `read` takes.

    Its blanks are `units`, `day`, and those of a `stand_in`.
    """

    rows: Callable[[Reach], QuerySet[Any, Any]]
    read: Callable[[str], Any]


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
    legends: dict[str, Callable[[], str]] = field(default_factory=dict)
    tier_changed: dict[str, TierChanged] = field(default_factory=dict)
    beside_rows: dict[str, BesideRows] = field(default_factory=dict)
    along: dict[str, GoesAlong] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)


_registry = _Registry()


def register_panel(panel: Panel) -> None:
    """Add a panel; a second one with the same key replaces nothing and is refused."""
    if panel.key in _registry.panels:
        raise ValueError(f"panel {panel.key} is registered twice")
    _registry.panels[panel.key] = panel


def panels(place: str) -> list[Panel]:
    """Return the panels of a place in their order."""
    return sorted((p for p in _registry.panels.values() if p.place == place), key=lambda p: (p.order, p.key))


def register_reading(
    key: str, filled: Callable[[KeyAccount, User], Filled[Any] | None], *, tab: str = ""
) -> None:
    """Let the page of a record read this together with what other rooms read of it; `rows_read` gives it out."""
    if key in _registry.readings:
        raise ValueError(f"reading {key} is registered twice")
    _registry.readings[key] = Reading(filled, tab)


def read_record(unit: KeyAccount, user: User, tab: str) -> None:
    """Ask the database once for everything that the page of this record, open at `tab`, reads of the unit."""
    asked = {
        key: filled
        for key, reading in _registry.readings.items()
        if reading.tab in {"", tab} and (filled := reading.filled(unit, user)) is not None
    }
    read_ahead(unit, asked)


def tabs_of(unit: KeyAccount, user: User) -> list[tuple[Panel, int | None]]:
    """Return the tabs of a record with their figures."""
    tabs = panels("tab")
    numbers = dict(rows_read(unit, "counts", lambda: _counts.filled(unit=str(unit.pk))))
    return [(tab, tab.count(unit, user) if tab.count else numbers.get(tab.key)) for tab in tabs]


def _counted() -> QuerySet[Any, Any]:
    parts = [
        tab.counted(blank("unit"))
        .order_by()
        .values(tab=Value(tab.key, output_field=TextField()))
        .annotate(n=Count("pk"))
        .values_list("tab", "n")
        for tab in panels("tab")
        if tab.counted is not None
    ]
    together: QuerySet[Any, Any] = parts[0].union(*parts[1:], all=True)
    return together


_counts: Prepared[Any] = Prepared(_counted)
register_reading("counts", lambda unit, _user: _counts.filled(unit=str(unit.pk)))


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


def register_goes_along(things: GoesAlong) -> None:
    """Let a room's things follow a unit to its next owner; a BusinessError refuses the change of the owner as a whole."""
    if things.key in _registry.along:
        raise ValueError(f"what goes along as {things.key} is registered twice")
    _registry.along[things.key] = things


def all_that_goes_along() -> list[GoesAlong]:
    """Return every kind of thing that follows a unit, in the order in which they move."""
    return sorted(_registry.along.values(), key=lambda things: (things.order, things.key))


def register_file_section(section: FileSection) -> None:
    """Add a part to the customer file."""
    _registry.file_sections[section.key] = section


def file_sections() -> list[FileSection]:
    return sorted(_registry.file_sections.values(), key=lambda section: (section.order, section.key))


def register_beside(column: str, read: Beside, *, legend: Callable[[], str] | None = None) -> None:
    """Fill a column of the list of units from another room: one call a page, a fixed number of statements.

    `legend` explains the column's marks below the list.
    """
    _refuse_second(column)
    _registry.beside[column] = read
    if legend is not None:
        _registry.legends[column] = legend


def legend_of(columns: tuple[str, ...]) -> str:
    """Return what the marks of these columns mean."""
    return _legend_in(tuple(column for column in columns if column in _registry.legends), get_language())


@lru_cache(maxsize=64)
def _legend_in(columns: tuple[str, ...], language: str | None) -> str:
    del language  # a part of the cache's key: legends are told in the active one
    return format_html_join("", "{}", ((_registry.legends[column](),) for column in columns))


def register_beside_rows(
    column: str, rows: Callable[[Reach], QuerySet[Any, Any]], read: Callable[[str], Any]
) -> None:
    """Fill a column from another room together with others: one statement for all of them."""
    _refuse_second(column)
    _registry.beside_rows[column] = BesideRows(rows, read)


def _refuse_second(column: str) -> None:
    if column in _registry.beside or column in _registry.beside_rows:
        raise ValueError(f"column {column} is filled twice")


def read_beside(units: list[int], user: User, columns: tuple[str, ...]) -> dict[str, Mapping[int, Any]]:
    """Return what other rooms say of the units, for the columns that are shown; who fills two of them is asked once."""
    readers = {column: _registry.beside[column] for column in columns if column in _registry.beside}
    answers = {read: read(units, user) for read in dict.fromkeys(readers.values())}
    told = {column: answers[read] for column, read in readers.items()}
    shared = tuple(column for column in columns if column in _registry.beside_rows)
    return told | _read_together(units, user, shared)


def _read_together(units: list[int], user: User, columns: tuple[str, ...]) -> dict[str, dict[int, Any]]:
    told: dict[str, dict[int, Any]] = {column: {} for column in columns}
    reach = scope_of(user).reach
    if not columns or reach is Reach.NOTHING:
        return told
    for column, unit, text in _together(
        reach, *columns, units=[*units], day=business_date(), **seen_by(user)
    ):
        told[column][unit] = _registry.beside_rows[column].read(text)
    return told


def _columns(reach: Reach, *columns: str) -> QuerySet[Any, Any]:
    parts = [
        _registry.beside_rows[column]
        .rows(reach)
        .annotate(column=Value(column, output_field=TextField()))
        .values_list("column", "unit", "value")
        for column in columns
    ]
    together: QuerySet[Any, Any] = parts[0].union(*parts[1:], all=True)
    return together


_together: Prepared[Any] = Prepared(_columns)


def beside(unit: KeyAccount, column: str) -> Any:
    """Return what the list has put beside the unit."""
    return unit.__dict__.get("beside", {}).get(column)
