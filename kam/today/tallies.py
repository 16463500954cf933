"""Numbers per person that figures, duties and rings share: all that one page or digest needs come with one statement for everybody."""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.db.models import IntegerField, QuerySet, Value
from django.utils import timezone

from kam.core.once import keep, kept
from kam.core.prepared import Prepared, blank
from kam.users.models import User

log = logging.getLogger(__name__)

#: person → of what (0 where there is nothing to tell apart) → how many
Counts = Mapping[int, Mapping[int, int]]
#: ids of people (for `__any_of`), the day → rows of three numbers: person, of what, how many; without order. The statement is kept:
#: what is asked as of now says `blank("now")`.
Rows = Callable[[Collection[int], date], QuerySet[Any, Any]]


@dataclass(frozen=True, slots=True)
class Tally:
    """A number per person and day that can be asked together with others: use it as `count` of a figure or `kept` of a duty."""

    key: str
    rows: Rows

    def __call__(self, users: Sequence[User], day: date) -> dict[int, int]:
        """Return user id → number; who has none is absent."""
        return {pk: sum(found.values()) for pk, found in self.by_thing(users, day).items()}

    def by_thing(self, users: Sequence[User], day: date) -> Counts:
        """Return user id → of what → number."""
        ids = frozenset(user.pk for user in users)
        known = kept(_place(self, day))
        if known is not None and ids <= known.people:
            return {pk: known.counts[pk] for pk in ids if pk in known.counts}
        return _grouped(_alone(self, day, people=[*ids], now=timezone.now())) if ids else {}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A tally that somebody will ask for these people and this day."""

    tally: Tally
    day: date
    people: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Known:
    people: frozenset[int]
    counts: Counts


def read_together(wanted: Sequence[Wanted]) -> None:
    """Read everything wanted with one statement and keep it for this `reading()`.

    When that fails, nothing is kept: each section asks for itself and only the one that cannot answer says so.
    """
    merged: dict[tuple[str, date], Wanted] = {}
    for want in wanted:
        before = merged.get((want.tally.key, want.day))
        people = want.people | before.people if before else want.people
        if people:
            merged[want.tally.key, want.day] = Wanted(want.tally, want.day, people)
    asked = list(merged.values())
    try:
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            found = _ask(asked)
    except DatabaseError:
        log.exception("the numbers of %s could not be read together", [want.tally.key for want in asked])
        return
    for want, counts in zip(asked, found, strict=True):
        keep(_place(want.tally, want.day), _Known(want.people, counts))


def _ask(asked: Sequence[Wanted]) -> list[Counts]:
    found: list[dict[int, dict[int, int]]] = [{} for _want in asked]
    if not asked:
        return list(found)
    people = {f"people{number}": [*want.people] for number, want in enumerate(asked)}
    for person, of, count, number in _union(
        *((want.tally, want.day) for want in asked), **people, now=timezone.now()
    ):
        found[number].setdefault(person, {})[of] = count
    return list(found)


def _together(*asked: tuple[Tally, date]) -> QuerySet[Any, Any]:
    parts = [
        tally.rows(blank(f"people{number}"), day)
        .order_by()
        .annotate(tally_number=Value(number, output_field=IntegerField()))
        for number, (tally, day) in enumerate(asked)
    ]
    together: QuerySet[Any, Any] = parts[0].union(*parts[1:], all=True)
    return together


_union: Prepared[Any] = Prepared(_together)


_alone: Prepared[Any] = Prepared(lambda tally, day: tally.rows(blank("people"), day).order_by())


def _grouped(rows: Sequence[Any]) -> Counts:
    found: dict[int, dict[int, int]] = {}
    for person, of, count in rows:
        found.setdefault(person, {})[of] = count
    return found


def _place(tally: Tally, day: date) -> tuple[str, str, date]:
    return ("tally", tally.key, day)
