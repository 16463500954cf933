"""What changed at a unit between two days: one line per change, persons in their order (F04)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.charts.rules.picture import Figure, Picture, Tie
from accounts.charts.terms import ChangeKind

#: Fields whose change is told with the value before and after.
_TOLD = (
    ("post", ChangeKind.POST),
    ("department", ChangeKind.DEPARTMENT),
    ("boss_id", ChangeKind.BOSS),
    ("attitude", ChangeKind.ATTITUDE),
    ("influence", ChangeKind.INFLUENCE),
    ("insider", ChangeKind.INSIDER),
    ("is_key", ChangeKind.KEY_PERSON),
)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `old` and `new` are values of the field, a seat, or a tie; None = nothing."""

    kind: ChangeKind
    person_id: int
    name: str
    old: Any = None
    new: Any = None


def compare(before: Picture, after: Picture) -> list[Change]:
    """Return every change from `before` to `after`; two equal pictures have none."""
    old, new = _by_id(before), _by_id(after)
    changes: list[Change] = []
    for person_id in sorted(old.keys() | new.keys()):
        if person_id not in new:
            changes.append(Change(ChangeKind.LEFT, person_id, old[person_id].name))
        elif person_id not in old:
            changes.append(Change(ChangeKind.JOINED, person_id, new[person_id].name))
        else:
            changes += _of_person(old[person_id], new[person_id])
    return changes + list(_of_ties(before, after, old | new))


def _by_id(picture: Picture) -> dict[int, Figure]:
    return {figure.id: figure for figure in picture.figures}


def _of_person(old: Figure, new: Figure) -> Iterator[Change]:
    for name, kind in _TOLD:
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield Change(kind, new.id, new.name, was, now)
    was_held = {held.seat: held.is_assumed for held in old.seats}
    is_held = {held.seat: held.is_assumed for held in new.seats}
    for seat in sorted(was_held.keys() | is_held.keys()):
        if seat not in is_held:
            yield Change(ChangeKind.ROLE_LOST, new.id, new.name, seat, None)
        elif seat not in was_held:
            yield Change(ChangeKind.ROLE_GAINED, new.id, new.name, None, seat)
        elif was_held[seat] and not is_held[seat]:
            yield Change(ChangeKind.ROLE_CONFIRMED, new.id, new.name, seat, seat)


def _of_ties(before: Picture, after: Picture, figures: Mapping[int, Figure]) -> Iterator[Change]:
    old = {tie.key: tie for tie in before.ties}
    new = {tie.key: tie for tie in after.ties}

    def told(kind: ChangeKind, tie: Tie, *, is_new: bool) -> Change:
        return Change(
            kind,
            tie.person_id,
            figures[tie.person_id].name,
            None if is_new else tie,
            tie if is_new else None,
        )

    yield from (told(ChangeKind.TIE_ENDED, old[key], is_new=False) for key in old if key not in new)
    yield from (told(ChangeKind.TIE_MADE, new[key], is_new=True) for key in new if key not in old)
