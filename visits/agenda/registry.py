"""What rooms give to the calendar: `register_source(key, source)`; a source asks the database a fixed number of times.

A source returns the entries of some people in some days that the reader may see: row rights are the source's own duty.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from kam.core.periods import Period
from kam.users.models import User
from visits.agenda.labels import KIND_LABELS, LOOKS
from visits.agenda.terms import EntryKind


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose days are shown to whom. `with_persons` asks for whom one meets, which costs a statement.

    `leaves_kam` says that the entries go into another program: nothing personal may be among them (12-decisions, 28).
    """

    reader: User
    people: tuple[int, ...]
    days: Period
    with_persons: bool = False
    leaves_kam: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """Something on a day. `key` names its row (`line-12`); `is_movable` says that the reader may put it elsewhere."""

    key: str
    kind: EntryKind
    user_id: int
    day: date
    title: str
    until: date | None = None
    start: time | None = None
    end: time | None = None
    text: Any = ""
    state: Any = ""
    url: str = ""
    tier: str = ""
    place: str = ""
    met: str = ""
    version: int = 0
    made_at: datetime | None = None
    is_movable: bool = False
    is_done: bool = False

    @property
    def last(self) -> date:
        return self.until or self.day

    @property
    def look(self) -> str:
        return LOOKS[self.kind]

    @property
    def label(self) -> Any:
        return KIND_LABELS[self.kind]

    @property
    def order(self) -> tuple[int, time, str]:
        """What takes the whole day stands first, then the hours, last the forms of the evening."""
        part = 2 if self.kind is EntryKind.FOLLOWUP else int(self.start is not None)
        return part, self.start or time(0), self.key


Source = Callable[[Asked], Iterable[Entry]]

_sources: dict[str, Source] = {}


def register_source(key: str, source: Source) -> None:
    """Register what else stands in the calendar."""
    _sources[key] = source


def entries_for(asked: Asked) -> list[Entry]:
    """Return everything that stands on these days, in the order of the clock."""
    found = [entry for source in _sources.values() for entry in source(asked)]
    return sorted(found, key=lambda entry: (entry.day, *entry.order))


def sources() -> Sequence[str]:
    """Return the names of the sources."""
    return tuple(_sources)
