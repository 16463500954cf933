"""Who was who at a unit on one day: persons, seats, ties, and the seats that stood empty (F04, S-026).

A picture is the same whenever it is asked for: it is made from dated rows alone. See docs/domain/charts.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.roles.terms import Seat


@dataclass(frozen=True, slots=True)
class Dated:
    """One value of one field, learned on a day; later rows of a day win."""

    field: str
    value: Any
    learned_on: date


@dataclass(frozen=True, slots=True)
class HeldSeat:
    """A buyer role on that day, and whether it is only assumed."""

    seat: Seat
    is_assumed: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A person on that day. `boss_id` is the person they report to."""

    id: int
    name: str
    post: str = ""
    department: str = ""
    boss_id: int | None = None
    seats: tuple[HeldSeat, ...] = ()
    attitude: str = "unknown"
    influence: int | None = None
    insider: str = "none"
    style: str = ""
    is_key: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation on that day: to another person of the unit, or to one of us (`staff_id`)."""

    person_id: int
    kind: str
    other_id: int | None = None
    staff_id: int | None = None
    strength: int = 3
    staff_name: str = ""

    @property
    def key(self) -> tuple[int, str, int | None, int | None]:
        """What makes it the same tie on another day, whatever its strength."""
        return self.person_id, self.kind, self.other_id, self.staff_id


@dataclass(frozen=True, slots=True)
class Picture:
    """Everybody on that day, by id, and the ties between those who were there."""

    day: date
    figures: tuple[Figure, ...] = ()
    ties: tuple[Tie, ...] = ()

    @property
    def empty_seats(self) -> tuple[Seat, ...]:
        held = {seat.seat for figure in self.figures for seat in figure.seats}
        return tuple(seat for seat in Seat if seat not in held)


def value_on(rows: Iterable[Dated], name: str, day: date, *, otherwise: Any, blank: Any) -> Any:
    """Return what field `name` said on `day`; `rows` are in the order they were learned.

    Where nothing was ever recorded of the field, `otherwise` (the value on file) stands for every day; where it was recorded only
    later, nobody knew on that day: `blank`.
    """
    found, is_recorded = blank, False
    for row in rows:
        if row.field == name:
            is_recorded = True
            if row.learned_on <= day:
                found = row.value
    return found if is_recorded else otherwise


def between_those_present(ties: Sequence[Tie], present: Iterable[int]) -> tuple[Tie, ...]:
    """Return the ties whose ends are there; a tie to one of us needs only the person."""
    there = set(present)
    return tuple(
        sorted(
            (
                tie
                for tie in ties
                if tie.person_id in there and (tie.other_id is None or tie.other_id in there)
            ),
            key=lambda tie: (tie.person_id, tie.kind, tie.other_id or 0, tie.staff_id or 0),
        )
    )
