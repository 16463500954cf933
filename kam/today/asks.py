"""Rows and numbers per person that sections need: all that one page or digest needs come with one statement for everybody."""

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter, itemgetter
from typing import Any, Generic, TypeVar

from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from kam.core.once import keep, kept
from kam.core.prepared import Filled, Prepared, ask_together, blank
from kam.users.models import User

log = logging.getLogger(__name__)
Row = TypeVar("Row")

#: ids of people (compare with `__any_of`), the day → their rows. The statement is kept: what is asked as of now says `blank("now")`.
Rows = Callable[[Any, date], QuerySet[Any, Any]]
#: person → of what (0 where there is nothing to tell apart) → how many
Counts = Mapping[int, Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class Ask(Generic[Row]):
    """Rows of people on a day; `whose(row)` is the id of the person.

    Name it among a section's `asks`: then calling it asks nothing more, its rows have come with those of all other sections. `rows`
    may be any queryset, with related rows and annotations; it scopes its rows to the people as if it were asked alone.
    """

    key: str
    rows: Callable[[Any, date], QuerySet[Any, Row]]
    whose: Callable[[Any], int | None] = attrgetter("user_id")

    def __call__(self, users: Sequence[User], day: date) -> dict[int, list[Row]]:
        """Return user id → rows in their order; who has none is absent."""
        return self.of(frozenset(user.pk for user in users), day)

    def of(self, ids: frozenset[int], day: date) -> dict[int, list[Row]]:
        """Return the same for the ids of people."""
        known: _Known | None = kept(_place(self, day))
        if known is not None and ids <= known.people:
            return {pk: known.rows[pk] for pk in ids if pk in known.rows}
        return self.sorted_out(_filled(self, day, ids, timezone.now()).answer()) if ids else {}

    def sorted_out(self, rows: Sequence[Row]) -> dict[int, list[Row]]:
        """Return whose rows these are."""
        found: dict[int, list[Row]] = defaultdict(list)
        for row in rows:
            person = self.whose(row)
            if person is not None:
                found[person].append(row)
        return dict(found)


_first = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Tally:
    """A number per person and day: use it as `count` of a figure or `kept` of a duty. `rows` are three numbers: person, of what, how many."""

    key: str
    rows: Rows

    @property
    def ask(self) -> Ask[Any]:
        """What brings the numbers."""
        return Ask(self.key, self.rows, _first)

    def __call__(self, users: Sequence[User], day: date) -> dict[int, int]:
        """Return user id → number; who has none is absent."""
        return {pk: sum(found.values()) for pk, found in self.by_thing(users, day).items()}

    def by_thing(self, users: Sequence[User], day: date) -> Counts:
        """Return user id → of what → number."""
        return {
            pk: {of: count for _pk, of, count in rows}
            for pk, rows in self.ask.of(frozenset(user.pk for user in users), day).items()
        }


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody will ask for these people and this day."""

    ask: Ask[Any]
    day: date
    people: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Known:
    people: frozenset[int]
    rows: Mapping[int, list[Any]]


def read_together(wanted: Sequence[Wanted]) -> None:
    """Read everything wanted with one statement and keep it for this `reading()`.

    When that fails, nothing is kept: each section asks for itself and only the one that cannot answer says so.
    """
    asked = _merged(wanted)
    if not asked:
        return
    try:
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            now = timezone.now()
            found = ask_together([_filled(want.ask, want.day, want.people, now) for want in asked])
    except (DatabaseError, ValueError):
        log.exception("%s could not be read together", [want.ask.key for want in asked])
        return
    for want, rows in zip(asked, found, strict=True):
        keep(_place(want.ask, want.day), _Known(want.people, want.ask.sorted_out(rows)))


def _merged(wanted: Sequence[Wanted]) -> list[Wanted]:
    """Return each ask once, for everybody for whom it is wanted, without what this `reading()` knows."""
    merged: dict[tuple[str, date], Wanted] = {}
    for want in wanted:
        before = merged.get((want.ask.key, want.day))
        people = want.people | before.people if before else want.people
        known: _Known | None = kept(_place(want.ask, want.day))
        if people and (known is None or not people <= known.people):
            merged[want.ask.key, want.day] = Wanted(want.ask, want.day, people)
    return list(merged.values())


def _filled(ask: Ask[Any], day: date, people: Collection[int], now: datetime) -> Filled[Any]:
    return _statements.filled(ask, day, people=[*people], now=now)


#: One statement an ask and day: what differs by day (a week, a month) is worked out in Python.
_statements: Prepared[Any] = Prepared(
    lambda ask, day: ask.rows(blank("people"), day),
    most=512,
)


def _place(ask: Ask[Any], day: date) -> tuple[str, str, date]:
    return ("ask", ask.key, day)
