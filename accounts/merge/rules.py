"""Merging two files that are one: what is chosen, what goes back, which pairs look alike. See docs/domain/merging.md."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.merge.terms import Weight

OTHER = "other"
#: In what two files may be alike: (what, value).
Key = tuple[str, Hashable]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is told before two files become one."""

    weight: Weight
    text: Any
    code: str = ""
    #: Where that can be settled.
    url: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One field of the page with both values side by side."""

    field: str
    mine: Any
    theirs: Any
    takes_theirs: bool

    @property
    def differs(self) -> bool:
        return bool(self.mine != self.theirs)


def is_blank(value: Any) -> bool:
    """Say whether a field says nothing; no and zero say something."""
    return value is None or value == ""


def choices_of(
    fields: Iterable[str],
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    chosen: Mapping[str, str] | None = None,
) -> list[Choice]:
    """Return what each field may become. Not chosen: the survivor's value, the other's where the survivor has none."""
    chosen = chosen or {}
    rows = []
    for name in fields:
        gap = is_blank(mine[name]) and not is_blank(theirs[name])
        takes = chosen[name] == OTHER if name in chosen else gap
        rows.append(Choice(name, mine[name], theirs[name], takes))
    return rows


def taken(choices: Iterable[Choice]) -> dict[str, Any]:
    """Return field → value of the merged file that the survivor takes over."""
    return {choice.field: choice.theirs for choice in choices if choice.takes_theirs and choice.differs}


@dataclass(frozen=True, slots=True)
class Known:
    """A dated value: what was learned, when, and as which row; of one day the later row counts."""

    value: Any
    learned_on: date
    number: int

    @property
    def order(self) -> tuple[date, int]:
        return self.learned_on, self.number


def dated_choices(
    mine: Mapping[str, Known], theirs: Mapping[str, Known], chosen: Mapping[str, str]
) -> list[Choice]:
    """Return the fields in which both sides know something else; not chosen: the survivor's."""
    return [
        Choice(name, known, theirs[name], chosen.get(name) == OTHER)
        for name, known in mine.items()
        if name in theirs and theirs[name].value != known.value
    ]


def to_be_written(choices: Iterable[Choice]) -> dict[str, Any]:
    """Return field → value that would not count by its own day once all observations are of one unit."""
    found = {}
    for choice in choices:
        wanted, other = (choice.theirs, choice.mine) if choice.takes_theirs else (choice.mine, choice.theirs)
        if other.order > wanted.order:
            found[choice.field] = wanted.value
    return found


@dataclass(frozen=True, slots=True)
class Return:
    """What taking a merge back does to the survivor's fields."""

    back: dict[str, Any]
    kept: tuple[str, ...]


def fields_back(written: Mapping[str, tuple[Any, Any]], now: Mapping[str, Any]) -> Return:
    """Give a field its old value again unless somebody wrote another one since; that one stays."""
    back = {name: old for name, (old, new) in written.items() if now[name] == new}
    return Return(back, tuple(name for name in written if name not in back))


def is_above(candidate: int, start: int, parent_of: Callable[[int], int | None]) -> bool:
    """Say whether `candidate` stands above `start` with at least one other between them: merging would close a circle."""
    seen = {start}
    node, steps = parent_of(start), 1
    while node is not None and node not in seen:
        if node == candidate:
            return steps > 1
        seen.add(node)
        node, steps = parent_of(node), steps + 1
    return False


def overlap(first: tuple[date, date | None], second: tuple[date, date | None]) -> bool:
    """Say whether two half-open spans of days meet; an empty one meets nothing."""
    (a, b), (c, d) = first, second
    if b == a or d == c:
        return False
    return (d is None or a < d) and (b is None or c < b)


def pairs_of(rows: Iterable[tuple[int, Iterable[Key]]]) -> list[tuple[int, int, tuple[Key, ...]]]:
    """Return (lower, higher, what is alike) of all rows that share a key; pairs with most in common first."""
    by_key: dict[Key, list[int]] = {}
    for pk, keys in rows:
        for key in set(keys):
            by_key.setdefault(key, []).append(pk)
    alike: dict[tuple[int, int], list[Key]] = {}
    for key, pks in by_key.items():
        first, *rest = sorted(pks)
        for other in rest:
            alike.setdefault((first, other), []).append(key)
    found = [(low, high, tuple(sorted(keys, key=str))) for (low, high), keys in alike.items()]
    return sorted(found, key=lambda row: (-len(row[2]), row[0], row[1]))
