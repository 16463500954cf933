"""What is held on an account of supplies, and what a year came to (S-225). See docs/domain/supplies.md."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from campaigns.supplies.terms import ADDS, EntryKind


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of an account: of what, how many more or fewer are held."""

    material: int
    kind: EntryKind
    change: int
    on: date


@dataclass(frozen=True, slots=True)
class Year:
    """A material in a year: held before it, what came, what went, held after it."""

    material: int
    before: int = 0
    came: int = 0
    returned: int = 0
    used: int = 0
    passed_on: int = 0

    @property
    def after(self) -> int:
        return self.before + self.came - self.returned - self.used - self.passed_on


def change_of(kind: EntryKind, quantity: int) -> int:
    """Return what an entry adds to what is held."""
    return quantity if kind in ADDS else -quantity


def is_possible(kind: EntryKind, quantity: int, held: int) -> bool:
    """Say whether an entry is possible: something moves, and nothing goes that is not held."""
    return quantity > 0 and held + change_of(kind, quantity) >= 0


def year_of(entries: Iterable[Entry], year: int) -> list[Year]:
    """Return what each material came to in a year, by material; what was neither held nor moved is left out."""
    sums: dict[int, dict[str, int]] = {}
    for entry in entries:
        if entry.on.year <= year:
            line = sums.setdefault(entry.material, {})
            column = _column(entry, year)
            line[column] = line.get(column, 0) + (entry.change if column == "before" else abs(entry.change))
    found = [Year(material, **line) for material, line in sorted(sums.items())]
    return [row for row in found if row.before or row.came or row.after]


def _column(entry: Entry, year: int) -> str:
    if entry.on.year < year:
        return "before"
    return "came" if entry.kind in ADDS else entry.kind.value
