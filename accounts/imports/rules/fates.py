"""What becomes of a checked row: new, an update, nothing new, a duplicate, an error.

A row with an error is only an error, but the rows after it are still compared with it. Identity is the credit code if the row has
one, else the normalised name. A name or code that an earlier row, or another unit, already has makes a duplicate; the same short
name or telephone is a hint and changes nothing (12-decisions 29, docs/domain/import.md).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from accounts.imports.rules.checks import CheckedRow, Fault, clean, clean_name
from accounts.imports.terms import Column, Fate, Problem
from accounts.units.rules import phone_key
from kam.search.rules import normalise_name

#: Columns whose equality with another unit is worth a look, never a refusal.
HINT_COLUMNS = (Column.SHORT_NAME, Column.PHONE)


@dataclass(frozen=True, slots=True)
class Existing:
    """A unit that is there already. `values` holds what a row could change; `may_update` says whether the importer may."""

    id: int
    name_key: str
    credit_code: str
    values: Mapping[Column, Any] = field(default_factory=dict)
    may_update: bool = True
    held_by: str = ""

    @property
    def label(self) -> str:
        """How a report names the unit: by number, or by its holder where the importer may not see it."""
        return self.held_by or f"account {self.id}"


@dataclass(frozen=True, slots=True)
class Hint:
    """The row resembles another in one column."""

    row: int
    column: Column
    of: str


@dataclass(slots=True)
class Decision:
    """What happens to one row, and why."""

    row: CheckedRow
    fate: Fate
    of: str = ""
    unit_id: int | None = None
    changes: dict[Column, Any] = field(default_factory=dict)
    hints: list[Hint] = field(default_factory=list)
    is_held: bool = False


@dataclass(slots=True)
class Known:
    """The units that a batch of rows could meet."""

    by_name: dict[str, Existing] = field(default_factory=dict)
    by_code: dict[str, Existing] = field(default_factory=dict)
    short_names: dict[str, int] = field(default_factory=dict)
    phones: dict[str, int] = field(default_factory=dict)
    #: Columns that a new unit needs; a unit that is there has them.
    needed: tuple[Column, ...] = (Column.CHANNEL,)

    def add(self, unit: Existing) -> None:
        self.by_name[unit.name_key] = unit
        if unit.credit_code:
            self.by_code[unit.credit_code] = unit

    def add_former(self, name_key: str, code: str, unit: Existing) -> None:
        """Let the name and code of a merged unit mean its survivor, where no unit of its own has them."""
        self.by_name.setdefault(name_key, unit)
        if code:
            self.by_code.setdefault(code, unit)


@dataclass(slots=True)
class Seen:
    """What the rows so far had; a few words a row, so a long file stays small."""

    names: dict[str, int] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    units: dict[int, int] = field(default_factory=dict)
    short_names: dict[str, int] = field(default_factory=dict)
    phones: dict[str, int] = field(default_factory=dict)


def name_key_of(row: CheckedRow, cells: Mapping[Column, str]) -> str:
    """Return the key of the row's name, also of one that is too long or written badly."""
    return normalise_name(row.values.get(Column.NAME) or clean_name(clean(cells.get(Column.NAME, ""))))


def decide(row: CheckedRow, *, seen: Seen, known: Known) -> Decision:
    """Decide on one row and remember it for the ones after it."""
    code = row.values.get(Column.CREDIT_CODE, "")
    earlier = seen.names.get(row.name_key) or seen.codes.get(code) if row.name_key or code else None
    decision = _decide(row, code, earlier, seen, known)
    _remember(row, code, seen, decision)
    return decision


def _decide(row: CheckedRow, code: str, earlier: int | None, seen: Seen, known: Known) -> Decision:
    unit, other = _matches(row, code, known)
    if unit is None and other is None:
        row.faults += [
            Fault(column, Problem.MISSING)
            for column in known.needed
            if column not in row.values and not any(fault.column is column for fault in row.faults)
        ]
    if row.faults:
        return Decision(row, Fate.ERROR)
    if earlier is not None:
        return Decision(row, Fate.DUPLICATE, of=f"row {earlier}")
    if other is not None:
        return _double(row, other)
    if unit is None:
        return Decision(row, Fate.CREATED, hints=_hints(row, None, seen, known))
    return _known_unit(row, unit, seen, known)


def _double(row: CheckedRow, unit: Existing) -> Decision:
    return Decision(row, Fate.DUPLICATE, of=unit.label, unit_id=unit.id, is_held=bool(unit.held_by))


def decide_again(decision: Decision, *, seen: Seen, known: Known) -> Decision:
    """Decide once more on a row that was to be created, after somebody else added units meanwhile; faults found since refuse any."""
    if decision.row.faults:
        return Decision(decision.row, Fate.ERROR)
    if decision.fate is not Fate.CREATED:
        return decision
    code = decision.row.values.get(Column.CREDIT_CODE, "")
    return _decide(decision.row, code, None, seen, known)


def _known_unit(row: CheckedRow, unit: Existing, seen: Seen, known: Known) -> Decision:
    if unit.id in seen.units:
        return Decision(row, Fate.DUPLICATE, of=f"row {seen.units[unit.id]}")
    if not unit.may_update:
        return _double(row, unit)
    changes = changes_of(row, unit)
    for column in _former(row, unit, known):
        changes.pop(column, None)
    fate = Fate.UPDATED if changes else Fate.UNCHANGED
    return Decision(row, fate, unit_id=unit.id, changes=changes, hints=_hints(row, unit.id, seen, known))


def _matches(row: CheckedRow, code: str, known: Known) -> tuple[Existing | None, Existing | None]:
    """Return (the unit this row is, another unit that has its name)."""
    named = known.by_name.get(row.name_key)
    if not code:
        return named, None
    coded = known.by_code.get(code)
    if named is None or (coded is not None and named.id == coded.id):
        return coded, None
    return coded, named


def changes_of(row: CheckedRow, unit: Existing) -> dict[Column, Any]:
    """Return column → new value where the row says something else; a blank cell never erases."""
    return {
        column: value
        for column, value in row.values.items()
        if column in unit.values and unit.values[column] != value
    }


def _former(row: CheckedRow, unit: Existing, known: Known) -> Iterator[Column]:
    """Yield what the row says as a merged unit was called: that names the survivor and is no change of it."""
    if row.name_key != unit.name_key and known.by_name.get(row.name_key) is unit:
        yield Column.NAME
    code = row.values.get(Column.CREDIT_CODE, "")
    if code and code != unit.credit_code and known.by_code.get(code) is unit:
        yield Column.CREDIT_CODE


def _hints(row: CheckedRow, unit_id: int | None, seen: Seen, known: Known) -> list[Hint]:
    found = []
    places = (
        (Column.SHORT_NAME, row.values.get(Column.SHORT_NAME, ""), seen.short_names, known.short_names),
        (Column.PHONE, phone_key(row.values.get(Column.PHONE, "")), seen.phones, known.phones),
    )
    for column, value, rows, units in places:
        if not value:
            continue
        if value in rows:
            found.append(Hint(row.number, column, f"row {rows[value]}"))
        elif units.get(value, unit_id) != unit_id:
            found.append(Hint(row.number, column, f"account {units[value]}"))
    return found


def _remember(row: CheckedRow, code: str, seen: Seen, decision: Decision) -> None:
    if row.name_key:
        seen.names.setdefault(row.name_key, row.number)
    if code:
        seen.codes.setdefault(code, row.number)
    if decision.unit_id is not None and decision.fate is not Fate.DUPLICATE:
        seen.units[decision.unit_id] = row.number
    if short := row.values.get(Column.SHORT_NAME):
        seen.short_names.setdefault(short, row.number)
    if phone := phone_key(row.values.get(Column.PHONE, "")):
        seen.phones.setdefault(phone, row.number)


@dataclass(slots=True)
class Report:
    """The sum of an import, in the shape that others rely on."""

    rows: int = 0
    counts: dict[Fate, int] = field(default_factory=lambda: dict.fromkeys(Fate, 0))
    duplicates: list[tuple[int, str]] = field(default_factory=list)
    hints: list[Hint] = field(default_factory=list)
    errors: list[CheckedRow] = field(default_factory=list)

    def add(self, decisions: Iterable[Decision]) -> None:
        for decision in decisions:
            self.rows += 1
            self.counts[decision.fate] += 1
            self.hints += decision.hints
            if decision.fate is Fate.DUPLICATE:
                self.duplicates.append((decision.row.number, decision.of))
            elif decision.fate is Fate.ERROR:
                self.errors.append(decision.row)
